package io.redstuff.http;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * A server of HTTP/1.1, each request on a virtual thread. Jetty refuses what is no HTTP; limits of
 * size, time and number are its own where it has them and a {@link ConnectionGuard}'s where it has
 * not.
 *
 * @since 0.1.0
 */
public final class LimitedServer implements AutoCloseable {
  /** Threads for those who accept and select, beside one for each connection. */
  private static final int OWN_THREADS = 16;

  private final Server server;
  private final ServerConnector connector;
  private final ConnectionGuard guard;

  private LimitedServer(Server server, ServerConnector connector, ConnectionGuard guard) {
    this.server = server;
    this.connector = connector;
    this.guard = guard;
  }

  /**
   * Starts a server.
   *
   * @param host the address to listen at
   * @param port the port; 0 for any
   * @param tls its certificate; empty for no TLS
   * @param limits what it bears
   * @param errors says what Jetty refuses before a request gets to the handler
   * @param handler makes what answers; it tells the guard when bodies are under way
   * @return the server, which listens; to be closed
   * @throws IOException if it cannot listen there
   */
  public static LimitedServer start(
      String host,
      int port,
      Optional<SslContextFactory.Server> tls,
      HttpLimits limits,
      Request.Handler errors,
      Function<ConnectionGuard, Handler> handler)
      throws IOException {
    return start(host, port, tls, limits, UriCompliance.RFC3986, errors, handler);
  }

  /**
   * Starts a server that takes other addresses than usual.
   *
   * @param host the address to listen at
   * @param port the port; 0 for any
   * @param tls its certificate; empty for no TLS
   * @param limits what it bears
   * @param uris which escapes may stand in a path
   * @param errors says what Jetty refuses before a request gets to the handler
   * @param handler makes what answers; it tells the guard when bodies are under way
   * @return the server, which listens; to be closed
   * @throws IOException if it cannot listen there
   */
  public static LimitedServer start(
      String host,
      int port,
      Optional<SslContextFactory.Server> tls,
      HttpLimits limits,
      UriCompliance uris,
      Request.Handler errors,
      Function<ConnectionGuard, Handler> handler)
      throws IOException {
    return start(host, port, tls, limits, uris, errors, handler, System::nanoTime);
  }

  /** Starts a server that goes by a clock, as {@link System#nanoTime}, in who is too slow. */
  static LimitedServer start(
      String host,
      int port,
      Optional<SslContextFactory.Server> tls,
      HttpLimits limits,
      UriCompliance uris,
      Request.Handler errors,
      Function<ConnectionGuard, Handler> handler,
      LongSupplier nanoTime)
      throws IOException {
    JettyLog.quieten();
    Server server = new Server(new VirtualThreadPool(limits.connections() + OWN_THREADS));
    ConnectionGuard guard = new ConnectionGuard(limits, nanoTime);
    ServerConnector connector = Connectors.of(server, factories(limits, uris, tls));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleTime().plus(limits.longestWait()).toMillis());
    connector.addBean(guard);
    connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.addConnector(connector);
    server.setErrorHandler(errors);
    server.setHandler(handler.apply(guard));
    LimitedServer started = new LimitedServer(server, connector, guard);
    try {
      server.start();
      return started;
    } catch (Exception e) { // all that Jetty declares
      started.close();
      throw new IOException("%s:%s: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  private static ConnectionFactory[] factories(
      HttpLimits limits, UriCompliance uris, Optional<SslContextFactory.Server> tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    http.setUriCompliance(uris);
    // Clients go by the key of the certificate; the name in it is nobody's address.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    return tls.isEmpty()
        ? new ConnectionFactory[] {plain}
        : new ConnectionFactory[] {new SslConnectionFactory(tls.get(), plain.getProtocol()), plain};
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
