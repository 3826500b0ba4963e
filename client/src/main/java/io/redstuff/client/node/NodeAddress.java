package io.redstuff.client.node;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a node is found.
 *
 * @param uri {@code http} or {@code https}, host and port; nothing after them but perhaps a slash
 * @param pin the key that the node's certificate must have, whoever signed it; if there is none,
 *     the certificate must be one for the host by an authority that Java trusts
 * @since 0.1.0
 */
public record NodeAddress(URI uri, Optional<NetworkKey> pin) {
  private static final String HTTPS = "https";
  private static final int HTTPS_PORT = 443;

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if it is none of that form, or there is a key and no TLS
   */
  public NodeAddress {
    Objects.requireNonNull(pin, "pin");
    String scheme = uri.getScheme();
    String path = uri.getRawPath();
    boolean isBare =
        uri.getHost() != null
            && (path.isEmpty() || path.equals("/"))
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null;
    if (!("http".equals(scheme) || HTTPS.equals(scheme)) || !isBare) {
      throw new IllegalArgumentException(
          "node address: got %s, expected http://HOST:PORT or https://HOST:PORT".formatted(uri));
    }
    if (pin.isPresent() && !HTTPS.equals(scheme)) {
      throw new IllegalArgumentException(
          "node address: got a key for %s, expected https".formatted(uri));
    }
  }

  /**
   * Returns an address without a key.
   *
   * @param uri {@code http} or {@code https}, host and port
   * @return the address
   * @throws IllegalArgumentException if it is none of that form
   */
  public static NodeAddress of(String uri) {
    return new NodeAddress(URI.create(uri), Optional.empty());
  }

  /** {@return whether requests go over TLS} */
  public boolean isSecure() {
    return HTTPS.equals(uri.getScheme());
  }

  /** Returns host and port as TLS knows them. */
  String peer() {
    return peer(uri.getHost(), uri.getPort() < 0 ? HTTPS_PORT : uri.getPort());
  }

  static String peer(String host, int port) {
    return host + ":" + port;
  }

  /** {@return the address without the key} */
  @Override
  public String toString() {
    return uri.toString();
  }
}
