/**
 * Servers of HTTP, on Jetty, that bear slow, greedy and hostile callers: what Jetty does not limit
 * is limited here.
 */
module io.redstuff.http {
  requires java.logging;
  requires transitive org.eclipse.jetty.server;

  exports io.redstuff.http;
}
