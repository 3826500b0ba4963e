package io.redstuff.client.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.node.NodeException.Kind;
import io.redstuff.client.testing.FakeServer;
import io.redstuff.client.testing.FakeServer.Reply;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TLS with certificates that nobody but the node has signed. The keys were made with {@code keytool
 * -genkeypair -dname CN=node -validity 36500 -storetype PKCS12 -storepass password}, once with
 * {@code -keyalg EC -groupname secp256r1}, once with {@code secp384r1}, once with {@code -keyalg
 * RSA}.
 */
class PinnedKeysTest {
  private static final char[] PASSWORD = "password".toCharArray();
  private static final BlobId ID = BlobId.of(new byte[BlobId.BYTES]);
  private static final BlobStatus STATUS = new BlobStatus.Nonexistent();

  private static KeyStore keys(String alias) throws Exception {
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = PinnedKeysTest.class.getResourceAsStream("keys.p12")) {
      all.load(in, PASSWORD);
    }
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    return one;
  }

  private static FakeServer serve(String alias) throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys(alias), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return new FakeServer(
        request -> Reply.of(200, STATUS.toJson()), context.getServerSocketFactory());
  }

  /** The last 64 bytes of the public key are its point: compressed, x and whether y is odd. */
  private static NetworkKey key(String alias) throws Exception {
    byte[] encoded = keys(alias).getCertificate(alias).getPublicKey().getEncoded();
    byte[] compressed = Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length - 65 + 33);
    compressed[0] = (byte) (2 + (encoded[encoded.length - 1] & 1));
    return NetworkKey.of(compressed);
  }

  private static BlobStatus ask(FakeServer server, Optional<NetworkKey> pin) throws Exception {
    NodeAddress address = new NodeAddress(URI.create("https://127.0.0.1:" + server.port()), pin);
    RequestLimits limits = new RequestLimits(Duration.ofSeconds(20), 1 << 20);
    NodeAddress plain = NodeAddress.of("http://127.0.0.1:1");
    try (NodeConnections connections = NodeConnections.open(limits, List.of(plain, address))) {
      return connections.client(address, EncodingParameters.forShards(4)).blobStatus(ID);
    }
  }

  @Test
  void theRightKeyIsEnough() throws Exception {
    try (FakeServer server = serve("p256")) {
      assertEquals(STATUS, ask(server, Optional.of(key("p256"))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "rsa"})
  void otherKeysAreNot(String alias) throws Exception {
    try (FakeServer server = serve(alias)) {
      byte[] other = key("p256").toBytes();
      other[0] ^= 1;
      NodeException e =
          assertThrows(NodeException.class, () -> ask(server, Optional.of(NetworkKey.of(other))));
      assertEquals(Kind.UNREACHABLE, e.kind());
      assertTrue(e.getMessage().contains("expected"), e.getMessage());
    }
  }

  @Test
  void withoutAKeyAnAuthorityHasToKnowThem() throws Exception {
    try (FakeServer server = serve("p256")) {
      NodeException e = assertThrows(NodeException.class, () -> ask(server, Optional.empty()));
      assertEquals(Kind.UNREACHABLE, e.kind());
    }
  }

  /** The default authorities do not know it either when others are pinned. */
  @Test
  void keysAreForTheirNodesOnly() throws Exception {
    PinnedKeys pinned = new PinnedKeys(Map.of("a:1", key("p256")));
    X509Certificate[] chain = {(X509Certificate) keys("p256").getCertificate("p256")};
    SSLEngine engine = SSLContext.getDefault().createSSLEngine("b", 1);
    assertThrows(CertificateException.class, () -> pinned.checkServerTrusted(chain, "EC", engine));
    pinned.checkServerTrusted(chain, "EC", SSLContext.getDefault().createSSLEngine("a", 1));
    assertThrows(CertificateException.class, () -> pinned.checkServerTrusted(chain, "EC"));
    assertThrows(
        CertificateException.class, () -> pinned.checkServerTrusted(chain, "EC", (Socket) null));
    assertThrows(CertificateException.class, () -> pinned.checkClientTrusted(chain, "EC"));
    assertThrows(
        CertificateException.class, () -> pinned.checkClientTrusted(chain, "EC", (Socket) null));
    assertThrows(CertificateException.class, () -> pinned.checkClientTrusted(chain, "EC", engine));
    assertTrue(pinned.getAcceptedIssuers().length > 0);
  }
}
