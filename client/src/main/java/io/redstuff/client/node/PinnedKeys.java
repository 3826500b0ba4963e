package io.redstuff.client.node;

import java.net.Socket;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes the certificate of a node whose key is known if it has that key: nobody else could end
 * the handshake. All others must have one by an authority that Java trusts, for their host.
 */
final class PinnedKeys extends X509ExtendedTrustManager {
  private static final int COORDINATE = 32;

  private final Map<String, NetworkKey> keys;
  private final X509ExtendedTrustManager authorities;

  /** Knows keys by host and port. */
  PinnedKeys(Map<String, NetworkKey> keys) {
    this.keys = Map.copyOf(keys);
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      this.authorities = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (NoSuchAlgorithmException | KeyStoreException e) {
      throw new IllegalStateException("TLS: the JDK's own authorities are missing", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    String peer = NodeAddress.peer(engine.getPeerHost(), engine.getPeerPort());
    NetworkKey expected = keys.get(peer);
    if (expected == null) {
      authorities.checkServerTrusted(chain, type, engine);
      return;
    }
    NetworkKey got = keyOf(chain[0]);
    if (!got.equals(expected)) {
      throw new CertificateException(
          "certificate of %s: got key %s, expected %s".formatted(peer, got, expected));
    }
  }

  private static NetworkKey keyOf(X509Certificate certificate) throws CertificateException {
    if (!(certificate.getPublicKey() instanceof ECPublicKey key)
        || key.getParams().getCurve().getField().getFieldSize() != COORDINATE * Byte.SIZE) {
      throw new CertificateException(
          "certificate: got a key of %s, expected one of secp256r1"
              .formatted(certificate.getPublicKey().getAlgorithm()));
    }
    ECPoint point = key.getW();
    byte[] compressed = new byte[1 + COORDINATE];
    compressed[0] = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
    byte[] x = point.getAffineX().toByteArray(); // with a sign bit, so up to a byte more
    int length = Math.min(COORDINATE, x.length);
    System.arraycopy(x, x.length - length, compressed, compressed.length - length, length);
    return NetworkKey.of(compressed);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("certificate: got one without its host, expected to know it");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("certificate: got one of a client, expected none");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
