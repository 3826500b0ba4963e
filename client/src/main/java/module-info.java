/**
 * A client of the Walrus storage network: encodes blobs and spreads them over the nodes, reads them
 * back from whichever nodes answer, and believes none of them.
 *
 * <p>{@link io.redstuff.client} is where to start, {@link io.redstuff.client.node} talks to one
 * node, {@link io.redstuff.client.api} is what is said, for clients and nodes alike.
 */
module io.redstuff.client {
  requires transitive io.redstuff.certify;
  requires transitive java.net.http;
  requires tools.jackson.databind;

  exports io.redstuff.client;
  exports io.redstuff.client.api;
  exports io.redstuff.client.chain;
  exports io.redstuff.client.node;
}
