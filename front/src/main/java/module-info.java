/**
 * A local network behind one address: publisher, aggregator, and a page that shows what is inside.
 */
module io.redstuff.front {
  requires transitive io.redstuff.daemon;
  requires transitive io.redstuff.network;
  requires tools.jackson.databind;

  exports io.redstuff.front;
  exports io.redstuff.front.chain;

  opens io.redstuff.front.page to
      tools.jackson.databind;
}
