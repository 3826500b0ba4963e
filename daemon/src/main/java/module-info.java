/**
 * Publisher and aggregator of a Walrus network: stores and reads blobs and quilts over HTTP, for
 * programs in any language.
 *
 * <p>{@link io.redstuff.daemon} is where to start, {@link io.redstuff.daemon.chain} what it needs
 * of a chain.
 */
module io.redstuff.daemon {
  requires transitive io.redstuff.client;
  requires transitive io.redstuff.http;
  requires tools.jackson.databind;

  exports io.redstuff.daemon;
  exports io.redstuff.daemon.chain;
}
