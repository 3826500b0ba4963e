/**
 * A Walrus network on one machine. Its ledger: a model of the chain, with the contract's rules in
 * plain Java and its state in a file of SQLite. Its storage nodes: they keep slivers, confirm, heal
 * and are audited, over HTTP as the network has it.
 *
 * <p>{@link io.redstuff.network.ledger} and {@link io.redstuff.network.node} are where to start.
 */
module io.redstuff.network {
  requires transitive io.redstuff.client;
  requires transitive io.redstuff.http;
  requires java.sql;
  requires org.bouncycastle.provider;
  requires org.eclipse.jetty.server;
  requires org.xerial.sqlitejdbc;
  requires tools.jackson.databind;

  exports io.redstuff.network.audit;
  exports io.redstuff.network.ledger;
  exports io.redstuff.network.ledger.local;
  exports io.redstuff.network.ledger.object;
  exports io.redstuff.network.ledger.remote;
  exports io.redstuff.network.ledger.transaction;
  exports io.redstuff.network.local;
  exports io.redstuff.network.registry;
  exports io.redstuff.network.node;
  exports io.redstuff.network.node.chain;
  exports io.redstuff.network.node.http;
  exports io.redstuff.network.node.service;
  exports io.redstuff.network.node.storage;
  exports io.redstuff.network.node.work;
}
