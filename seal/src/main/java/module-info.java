/**
 * Private blobs: everything on Walrus is public, so what must not be is sealed before it is
 * encoded, and its key is split among key servers that follow a policy.
 *
 * <p>{@link io.redstuff.seal} is where to start: objects as Seal's own clients make and open them.
 * {@link io.redstuff.seal.container} has what is too large for that, {@link io.redstuff.seal.json}
 * policies and keys in files, {@link io.redstuff.seal.server} a key server for tests and its
 * client.
 */
module io.redstuff.seal {
  requires transitive io.redstuff.certify;
  requires org.bouncycastle.provider;
  requires java.net.http;
  requires jdk.httpserver;
  requires tools.jackson.databind;

  exports io.redstuff.seal;
  exports io.redstuff.seal.container;
  exports io.redstuff.seal.json;
  exports io.redstuff.seal.server;
}
