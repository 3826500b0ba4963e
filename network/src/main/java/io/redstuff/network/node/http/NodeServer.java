package io.redstuff.network.node.http;

import io.redstuff.EncodingParameters;
import java.io.IOException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * The server of a node: HTTP/1.1, each request on a virtual thread. Jetty refuses what is no HTTP;
 * limits of size, time and number are its own where it has them and a {@link ConnectionGuard}'s
 * where it has not.
 */
public final class NodeServer implements AutoCloseable {
  /** Threads for those who accept and select, beside one for each connection. */
  private static final int OWN_THREADS = 16;

  private static final String PASSWORD = "in memory";

  /** Kept, or its level would be forgotten. Jetty tells at INFO whenever it starts. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private final Server server;
  private final ServerConnector connector;
  private final ConnectionGuard guard;

  private NodeServer(Server server, ServerConnector connector, ConnectionGuard guard) {
    this.server = server;
    this.connector = connector;
    this.guard = guard;
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
    if (JETTY.getLevel() == null) {
      JETTY.setLevel(Level.WARNING);
    }
    Server server = new Server(new VirtualThreadPool(limits.connections() + OWN_THREADS));
    ConnectionGuard guard = new ConnectionGuard(limits, System::nanoTime);
    ServerConnector connector = new ServerConnector(server, 1, 1, factories(limits, tls));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleTime().plus(limits.longestWait()).toMillis());
    connector.addBean(guard);
    connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.addConnector(connector);
    server.setErrorHandler(new JsonErrors());
    server.setHandler(
        new NodeHandler(
            new NodeApi(services, parameters, limits.longestWait()),
            new RateLimit(limits.requestsPerSecond(), System::nanoTime),
            guard,
            new BodyBudget(limits.bufferedBytes())));
    NodeServer started = new NodeServer(server, connector, guard);
    try {
      server.start();
      return started;
    } catch (Exception e) { // all that Jetty declares
      started.close();
      throw new IOException("%s:%s: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  private static ConnectionFactory[] factories(HttpLimits limits, Optional<NetworkKeyPair> tls)
      throws IOException {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.RFC3986);
    // Clients go by the key of the certificate; the name in it is nobody's address.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {plain};
    }
    SslContextFactory.Server context = new SslContextFactory.Server();
    KeyStore keys = tls.get().toKeyStore(PASSWORD.toCharArray());
    context.setKeyStore(keys);
    context.setKeyStorePassword(PASSWORD);
    context.setIncludeProtocols("TLSv1.3");
    context.setSniRequired(false);
    return new ConnectionFactory[] {new SslConnectionFactory(context, plain.getProtocol()), plain};
  }

  /** {@return the port at which it listens} */
  public int port() {
    return connector.getLocalPort();
  }

  /** {@return how many connections are open} */
  public int connections() {
    return guard.open();
  }

  /** Breaks all connections off. */
  @Override
  public void close() throws IOException {
    try (guard) {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // all that Jetty declares
      throw new IOException("server: " + e.getMessage(), e);
    }
  }
}
