package io.redstuff.seal.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.seal.DataCipher;
import io.redstuff.seal.EncryptedObject;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.MasterKey;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.UserKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks key servers: of this module, and some that answer nonsense. */
class KeyServerClientTest {
  private static final Seal SEAL = Seal.create();
  private static final Identity IDENTITY =
      Identity.of(ObjectId.of(new byte[ObjectId.BYTES]), new byte[] {1, (byte) 0xfe});

  private final SecureRandom random = new SecureRandom();
  private final SigningKey account = SigningKey.generate(random);
  private final List<MasterKey> masters = new ArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    account.close();
    masters.forEach(MasterKey::close);
  }

  private HttpKeyServer server(int number, AccessPolicy policy) throws IOException {
    MasterKey master = MasterKey.generate(random);
    masters.add(master);
    byte[] id = new byte[ObjectId.BYTES];
    id[0] = (byte) number;
    return HttpKeyServer.start(ObjectId.of(id), master, policy, Clock.systemUTC(), 0);
  }

  private KeyServerClient client() {
    return KeyServerClient.open(account, IDENTITY, "policy", "seal_approve", Clock.systemUTC());
  }

  @Test
  void fetchesKeysThatOpen() throws Exception {
    List<AccessRequest> asked = new ArrayList<>();
    AccessPolicy policy = AccessPolicy.allowList(Set.of(account.address()));
    try (HttpKeyServer first = server(1, request -> asked.add(request) && policy.allows(request));
        HttpKeyServer second = server(2, policy);
        KeyServerClient client = client()) {
      SealPolicy two = new SealPolicy(IDENTITY, List.of(first.server(), second.server()), 2);
      EncryptedObject object =
          SEAL.encrypt(two, DataCipher.AES_256_GCM, new byte[] {5}, new byte[0]);
      List<UserKey> keys = new ArrayList<>();
      keys.add(client.fetch(first.server(), first.address()));
      keys.add(client.fetch(second.server(), URI.create(second.address() + "/")));
      assertArrayEquals(new byte[] {5}, SEAL.decrypt(object, keys, two.servers()));
      assertEquals(
          List.of(new AccessRequest(account.address(), IDENTITY, "policy", "seal_approve")), asked);
      // The key is not that of who was meant.
      VerificationException e =
          assertThrows(
              VerificationException.class, () -> client.fetch(second.server(), first.address()));
      assertEquals(Reason.WRONG_USER_KEY, e.reason());
    }
  }

  @Test
  void tellsWhoRefused() throws Exception {
    try (HttpKeyServer server = server(1, _ -> false);
        KeyServerClient client = client()) {
      KeyServerException e =
          assertThrows(
              KeyServerException.class, () -> client.fetch(server.server(), server.address()));
      assertEquals(403, e.status());
      assertEquals("NoAccess", e.error());
      assertTrue(e.getMessage().contains("the policy does not allow it"), e::getMessage);
    }
  }

  private interface Asking {
    void ask(KeyServerClient client, KeyServer server, URI address) throws Exception;
  }

  /** Asks a server that always answers the same. */
  private void ask(int status, String answer, Asking asking) throws Exception {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, answer.length());
          exchange.getResponseBody().write(answer.getBytes(UTF_8));
          exchange.close();
        });
    http.start();
    try (KeyServerClient client = client();
        MasterKey master = MasterKey.generate(random)) {
      URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
      asking.ask(client, SEAL.server(IDENTITY.packageId(), master), address);
    } finally {
      http.stop(0);
    }
  }

  private void assertMalformed(String message, String answer) throws Exception {
    ask(
        200,
        answer,
        (client, server, address) -> {
          MalformedDataException e =
              assertThrows(MalformedDataException.class, () -> client.fetch(server, address));
          assertTrue(e.getMessage().contains(message), e::getMessage);
        });
  }

  @Test
  void nonsenseIsRefused() throws Exception {
    String id = HttpKeyServer.numbers(IDENTITY).toString();
    String point =
        Base64.getEncoder().encodeToString(SEAL.groups().hashToG1(new byte[1]).toBytes());
    String key = "{\"decryption_keys\": [{\"id\": %s, \"encrypted_key\": [\"%s\", \"%s\"]}]}";
    assertMalformed("answer: not JSON", "{");
    assertMalformed("answer.decryption_keys: missing", "{}");
    assertMalformed("got no key of " + IDENTITY, "{\"decryption_keys\": []}");
    assertMalformed("got no key of " + IDENTITY, key.formatted("[1]", point, point));
    assertMalformed("answer.decryption_keys[0].id", key.formatted("[256]", point, point));
    assertMalformed("got 3 points", key.formatted(id, point, point + "\", \"" + point));
    assertMalformed("not base64", key.formatted(id, point, "*"));
    assertMalformed("G1", key.formatted(id, point, ""));
    ask(
        200,
        key.formatted(id, point, point),
        (client, server, address) ->
            assertThrows(VerificationException.class, () -> client.fetch(server, address)));
    assertMalformed(
        "got more than 262144 bytes", "{\"decryption_keys\": []}" + " ".repeat(1 << 18));
    ask(
        502,
        "<html>",
        (client, server, address) -> {
          KeyServerException e =
              assertThrows(KeyServerException.class, () -> client.fetch(server, address));
          assertEquals(502, e.status());
          assertEquals("NoReason", e.error());
        });
  }

  @Test
  void callersMistakes() throws Exception {
    KeyServerClient client = client();
    try (HttpKeyServer server = server(1, _ -> true)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> client.fetch(server.server(), URI.create("file:///tmp")));
      client.close();
      assertThrows(
          IllegalStateException.class, () -> client.fetch(server.server(), server.address()));
    }
    account.close();
    assertThrows(IllegalStateException.class, this::client);
    assertThrows(IllegalStateException.class, () -> account.write(directory.resolve("closed")));
  }

  @Test
  void keysInFiles() throws Exception {
    Path file = directory.resolve("key");
    account.write(file);
    assertThrows(FileAlreadyExistsException.class, () -> account.write(file));
    byte[] message = {1, 2, 3};
    try (SigningKey read = SigningKey.read(file)) {
      assertEquals(account.address(), read.address());
      assertArrayEquals(account.sign(message), read.sign(message));
    }
    String good = Files.readString(file);
    String secret = good.substring(good.indexOf("account_key\" : \"") + 16).split("\"", 2)[0];
    assertFalse(account.toString().contains(secret), account::toString);
    // Written by the same rights, with the address of another.
    try (SigningKey other = SigningKey.generate(random)) {
      Files.writeString(
          file, good.replace(account.address().toString(), other.address().toString()));
    }
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> SigningKey.read(file));
    assertTrue(e.getMessage().contains("got one of " + account.address()), e::getMessage);
    assertFalse(e.getMessage().contains(secret), e::getMessage);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThrows(FileSystemException.class, () -> SigningKey.read(file));
  }
}
