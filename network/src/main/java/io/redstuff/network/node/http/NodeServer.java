package io.redstuff.network.node.http;

import io.redstuff.EncodingParameters;
import io.redstuff.http.BodyBudget;
import io.redstuff.http.HttpLimits;
import io.redstuff.http.LimitedServer;
import io.redstuff.http.RateLimit;
import java.io.IOException;
import java.security.KeyStore;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The server of a node.
 *
 * @since 0.1.0
 */
public final class NodeServer implements AutoCloseable {
  private static final String PASSWORD = "in memory";

  private final LimitedServer server;

  private NodeServer(LimitedServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param host the address to listen at
   * @param port the port; 0 for any
   * @param tls the key of its certificate; empty for no TLS
   * @param limits what it bears
   * @param services what it does
   * @param parameters the shape of all encodings
   * @return the server, which listens; to be closed
   * @throws IOException if it cannot listen there
   */
  public static NodeServer start(
      String host,
      int port,
      Optional<NetworkKeyPair> tls,
      HttpLimits limits,
      Services services,
      EncodingParameters parameters)
      throws IOException {
    Optional<SslContextFactory.Server> certificate =
        tls.isPresent() ? Optional.of(context(tls.get())) : Optional.empty();
    return new NodeServer(
        LimitedServer.start(
            host,
            port,
            certificate,
            limits,
            new JsonErrors(),
            guard ->
                new NodeHandler(
                    new NodeApi(services, parameters, limits.longestWait()),
                    new RateLimit(limits.requestsPerSecond(), System::nanoTime),
                    guard,
                    new BodyBudget(limits.bufferedBytes()))));
  }

  private static SslContextFactory.Server context(NetworkKeyPair tls) throws IOException {
    SslContextFactory.Server context = new SslContextFactory.Server();
    KeyStore keys = tls.toKeyStore(PASSWORD.toCharArray());
    context.setKeyStore(keys);
    context.setKeyStorePassword(PASSWORD);
    context.setIncludeProtocols("TLSv1.3");
    context.setSniRequired(false);
    return context;
  }

  /** {@return the port at which it listens} */
  public int port() {
    return server.port();
  }

  /** {@return how many connections are open} */
  public int connections() {
    return server.connections();
  }

  /** Breaks all connections off. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
