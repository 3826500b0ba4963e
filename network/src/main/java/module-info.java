/**
 * A Walrus network on one machine, begun with its ledger: a model of the chain, with the contract's
 * rules in plain Java and its state in a file of SQLite.
 *
 * <p>{@link io.redstuff.network.ledger} is where to start.
 */
module io.redstuff.network {
  requires transitive io.redstuff.client;
  requires java.logging;
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
  exports io.redstuff.network.registry;
}
