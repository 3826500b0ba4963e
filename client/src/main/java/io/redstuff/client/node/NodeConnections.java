package io.redstuff.client.node;

import io.redstuff.EncodingParameters;
import java.net.http.HttpClient;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Connections to storage nodes, kept for the next request. Close it: requests under way are broken
 * off then. Thread-safe.
 *
 * @since 0.1.0
 */
public final class NodeConnections implements AutoCloseable {
  private final Map<String, NetworkKey> pins;
  private final RequestLimits limits;

  /** Made when they are first asked for; a node may have no other to talk to for long. */
  private HttpClient plain;

  private HttpClient secure;
  private boolean closed;

  private NodeConnections(Map<String, NetworkKey> pins, RequestLimits limits) {
    this.pins = pins;
    this.limits = limits;
  }

  private synchronized HttpClient http(NodeAddress address) {
    if (address.isSecure()) {
      if (secure == null) {
        secure =
            pins.isEmpty()
                ? opened(builder())
                : opened(builder().sslContext(context(new PinnedKeys(pins))));
      }
      return secure;
    }
    if (plain == null) {
      // One that trusts nobody: reading the authorities would take longer than all the rest.
      plain = opened(builder().sslContext(context()));
    }
    return plain;
  }

  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        // Never shut down: what breaks requests off runs on it. It keeps no threads.
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .connectTimeout(limits.timeout());
  }

  private HttpClient opened(HttpClient.Builder builder) {
    HttpClient client = builder.build();
    if (closed) {
      client.shutdownNow();
    }
    return client;
  }

  /**
   * Returns what connects to nodes whose certificates Java trusts, and without TLS.
   *
   * @param limits how long requests may take
   * @return no connection yet
   */
  public static NodeConnections open(RequestLimits limits) {
    return new NodeConnections(Map.of(), limits);
  }

  /**
   * Returns what connects to nodes some of which have certificates of their own.
   *
   * @param limits how long requests may take
   * @param addresses the nodes; the keys of those that have one are looked for in the certificates
   * @return no connection yet
   */
  public static NodeConnections open(
      RequestLimits limits, Collection<? extends NodeAddress> addresses) {
    Map<String, NetworkKey> pins = new HashMap<>();
    for (NodeAddress address : addresses) {
      address.pin().ifPresent(key -> pins.put(address.peer(), key));
    }
    return new NodeConnections(pins, limits);
  }

  private static SSLContext context(TrustManager... trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(new KeyManager[0], trust, null);
      return context;
    } catch (NoSuchAlgorithmException | KeyManagementException e) {
      throw new IllegalStateException("TLS: the JDK's own is missing", e);
    }
  }

  /**
   * Returns what talks to a node over these connections.
   *
   * @param address where it is; if it has a key, one of those that these connections know
   * @param parameters the number of shards, from which follows how long answers can be
   * @return a client of the node
   */
  public StorageNodeClient client(NodeAddress address, EncodingParameters parameters) {
    return new StorageNodeClient(new NodeRequests(http(address), address, limits), parameters);
  }

  /** Breaks off requests and closes all connections. */
  @Override
  public synchronized void close() {
    closed = true;
    if (plain != null) {
      plain.shutdownNow();
    }
    if (secure != null) {
      secure.shutdownNow();
    }
  }
}
