package io.redstuff.daemon;

import io.redstuff.client.WalrusClient;
import io.redstuff.daemon.chain.PublisherChain;
import io.redstuff.daemon.http.DaemonListener;
import io.redstuff.daemon.service.Spool;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;

/**
 * A publisher and aggregator: stores blobs and quilts and reads them, for whoever speaks HTTP.
 * Given a committee it reads; given a chain too, it stores.
 *
 * @since 0.1.0
 */
public final class DaemonServer implements AutoCloseable {
  private final Spool spool;
  private final DaemonListener server;
  private final URI address;

  private DaemonServer(Spool spool, DaemonListener server, URI address) {
    this.spool = spool;
    this.server = server;
    this.address = address;
  }

  /**
   * Starts a daemon.
   *
   * @param config where it listens and what it bears
   * @param client stores and reads; stays open. What it keeps in temporary files of its own is not
   *     counted
   * @param chain the chain, which must be the client's registry too; empty for one that only reads
   * @param more gets requests that are no route of the daemon; it is started and stopped with it
   * @return the daemon, which listens; close it
   * @throws IOException if it cannot listen there, or another daemon has its directory
   */
  public static DaemonServer start(
      DaemonConfig config,
      WalrusClient client,
      Optional<PublisherChain> chain,
      Optional<Handler> more)
      throws IOException {
    Spool spool = Spool.open(config.temporary(), config.temporaryBytes());
    boolean isStarted = false;
    try {
      DaemonListener server = DaemonListener.start(settings(config), client, chain, spool, more);
      isStarted = true;
      return new DaemonServer(spool, server, address(config.host(), server.port()));
    } finally {
      if (!isStarted) {
        spool.close();
      }
    }
  }

  private static DaemonListener.Settings settings(DaemonConfig config) {
    return new DaemonListener.Settings(
        config.host(),
        config.port(),
        config.limits(),
        config.maxBlobBytes(),
        config.maxQuiltBytes(),
        config.memoryBytes(),
        config.reads(),
        config.stores(),
        config.hosts(),
        config.allowsOtherOrigins(),
        config.allowedHeaders(),
        config.allowsTags());
  }

  private static URI address(String host, int port) {
    boolean isBare = host.contains(":") && !host.startsWith("[");
    return URI.create("http://%s:%s".formatted(isBare ? "[" + host + "]" : host, port));
  }

  /** {@return where it is found, as in {@code http://127.0.0.1:31415}} */
  public URI address() {
    return address;
  }

  /** {@return how many connections are open} */
  public int connections() {
    return server.connections();
  }

  /** {@return how many bytes of temporary files are taken} */
  public long temporaryBytes() {
    return spool.taken();
  }

  /** {@return how many have hung up while they waited for an answer} */
  public long hungUp() {
    return server.hungUp();
  }

  /** Breaks all connections off. */
  @Override
  public void close() throws IOException {
    try (spool) {
      server.close();
    }
  }
}
