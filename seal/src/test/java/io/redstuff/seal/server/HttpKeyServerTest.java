package io.redstuff.seal.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.seal.DataCipher;
import io.redstuff.seal.EncryptedObject;
import io.redstuff.seal.EncryptedUserKey;
import io.redstuff.seal.Identity;
import io.redstuff.seal.MasterKey;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.TransportKey;
import io.redstuff.seal.UserKey;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A key server asked as the official client asks, and in ways that it must refuse. */
class HttpKeyServerTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Seal SEAL = Seal.create();
  private static final ObjectId SERVER_ID = objectId(7);
  private static final Identity IDENTITY = Identity.of(objectId(9), new byte[] {1, 2});
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SecureRandom random = new SecureRandom();
  private final MasterKey master = MasterKey.generate(random);
  private final TransportKey transport = TransportKey.generate(random);
  private KeyPair wallet;
  private KeyPair session;
  private AccessPolicy policy;
  private HttpKeyServer server;

  private static ObjectId objectId(int number) {
    byte[] bytes = new byte[ObjectId.BYTES];
    bytes[31] = (byte) number;
    return ObjectId.of(bytes);
  }

  @BeforeEach
  void start() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    wallet = generator.generateKeyPair();
    session = generator.generateKeyPair();
    policy = AccessPolicy.allowList(Set.of(user()));
    server = HttpKeyServer.start(SERVER_ID, master, request -> policy.allows(request), CLOCK, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  // --- what a client does ---

  private static byte[] raw(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static byte[] blake2b(byte[]... parts) {
    Blake2bDigest digest = new Blake2bDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }

  private SuiAddress user() {
    return SuiAddress.of(blake2b(new byte[1], raw(wallet)));
  }

  private static byte[] sign(PrivateKey key, byte[] message) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  private static byte[] bytes(byte[]... each) {
    return BcsWriter.toBytes(
        out -> {
          for (byte[] one : each) {
            out.bytes(MemorySegment.ofArray(one));
          }
        });
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A transaction with an id, an object that is shared, one that is owned, and a call for each. */
  private static byte[] transaction(String function, Identity... identities) {
    return BcsWriter.toBytes(
        out -> {
          out.count(2 + identities.length);
          for (Identity identity : identities) {
            out.variant(0).bytes(MemorySegment.ofArray(bytes(identity.id())));
          }
          out.variant(1).variant(1).fixed(new byte[32]).u64(5).bool(false);
          out.variant(1)
              .variant(0)
              .fixed(new byte[32])
              .u64(5)
              .bytes(MemorySegment.ofArray(new byte[32]));
          out.count(identities.length);
          for (int i = 0; i < identities.length; i++) {
            out.variant(0)
                .fixed(identities[i].packageId().toBytes())
                .bytes(MemorySegment.ofArray("allowlist".getBytes(UTF_8)))
                .bytes(MemorySegment.ofArray(function.getBytes(UTF_8)))
                .count(0)
                .count(5);
            out.variant(1).u16(i);
            out.variant(1).u16(identities.length);
            out.variant(0);
            out.variant(2).u16(0);
            out.variant(3).u16(0).u16(0);
          }
        });
  }

  private ObjectNode request(byte[] transaction) throws Exception {
    return request(transaction, NOW.toEpochMilli() - 60_000, 10, "2026-11-29 11:59:00 UTC");
  }

  private ObjectNode request(byte[] transaction, long created, int minutes, String time)
      throws Exception {
    String text =
        "Accessing keys of package %s for %s mins from %s, session key %s"
            .formatted(IDENTITY.packageId(), minutes, time, base64(raw(session)));
    byte[] digest = blake2b(new byte[] {3, 0, 0}, bytes(text.getBytes(UTF_8)));
    byte[] publicKey = SEAL.transportPublicKey(transport).toBytes();
    byte[] verificationKey = SEAL.transportVerificationKey(transport).toBytes();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("ptb", base64(transaction))
        .put("enc_key", base64(publicKey))
        .put("enc_verification_key", base64(verificationKey))
        .put(
            "request_signature",
            base64(sign(session.getPrivate(), bytes(transaction, publicKey, verificationKey))));
    root.putObject("certificate")
        .put("user", user().toString())
        .put("session_vk", base64(raw(session)))
        .put("creation_time", created)
        .put("ttl_min", minutes)
        .put(
            "signature",
            base64(concat(new byte[1], sign(wallet.getPrivate(), digest), raw(wallet))));
    return root;
  }

  /** What a server answers. */
  private record Response(int status, String body, String version) {}

  private static Response send(URI to, String method, String body) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) to.toURL().openConnection();
    connection.setRequestMethod(method);
    if (method.equals("POST")) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(UTF_8));
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Response(
          status,
          new String(in.readAllBytes(), UTF_8),
          connection.getHeaderField("X-KeyServer-Version"));
    }
  }

  private Response post(String body) throws Exception {
    return send(server.address().resolve("/v1/fetch_key"), "POST", body);
  }

  private void assertRefused(int status, String error, String body) throws Exception {
    Response response = post(body);
    assertEquals(status, response.status(), response::body);
    assertEquals(error, MAPPER.readTree(response.body()).get("error").asString());
  }

  private UserKey key(JsonNode answer, Identity identity) throws Exception {
    byte[] id = new byte[answer.get("id").size()];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) answer.get("id").get(i).asInt();
    }
    assertArrayEquals(identity.fullId(), id);
    Base64.Decoder decoder = Base64.getDecoder();
    G1Point c0 = SEAL.groups().g1(decoder.decode(answer.get("encrypted_key").get(0).asString()));
    G1Point c1 = SEAL.groups().g1(decoder.decode(answer.get("encrypted_key").get(1).asString()));
    return SEAL.decrypt(new EncryptedUserKey(c0, c1), transport, server.server(), identity);
  }

  // --- the tests ---

  @Test
  void provesThatItKnowsItsKey() throws Exception {
    URI service = server.address().resolve("/v1/service?service_id=" + SERVER_ID);
    Response response = send(service, "GET", "");
    assertEquals(200, response.status());
    assertEquals("0.4.1", response.version());
    JsonNode json = MAPPER.readTree(response.body());
    assertEquals(SERVER_ID.toString(), json.get("service_id").asString());
    SEAL.verify(
        server.server(), SEAL.groups().g1(Base64.getDecoder().decode(json.get("pop").asString())));
    URI other = server.address().resolve("/v1/service?service_id=" + objectId(1));
    assertEquals(404, send(other, "GET", "").status());
    assertEquals(400, send(service, "POST", "").status());
  }

  @Test
  void givesKeysThatOpen() throws Exception {
    Identity other = Identity.of(IDENTITY.packageId(), new byte[] {3});
    Response response = post(request(transaction("seal_approve", IDENTITY, other)).toString());
    assertEquals(200, response.status(), response::body);
    JsonNode keys = MAPPER.readTree(response.body()).get("decryption_keys");
    assertEquals(2, keys.size());
    UserKey key = key(keys.get(0), IDENTITY);
    key(keys.get(1), other);
    EncryptedObject object =
        SEAL.encrypt(
            new SealPolicy(IDENTITY, List.of(server.server()), 1),
            DataCipher.AES_256_GCM,
            new byte[] {5},
            new byte[0]);
    assertArrayEquals(new byte[] {5}, SEAL.decrypt(object, List.of(key)));
  }

  @Test
  void refusesWhomThePolicyRefuses() throws Exception {
    policy = AccessPolicy.allowList(Set.of(SuiAddress.of(objectId(1).toBytes())));
    assertRefused(403, "NoAccess", request(transaction("seal_approve", IDENTITY)).toString());
  }

  @Test
  void refusesSessions() throws Exception {
    byte[] transaction = transaction("seal_approve_it", IDENTITY);
    long now = NOW.toEpochMilli();
    String time = "2026-11-29 11:50:00 UTC";
    assertRefused(
        403, "ExpiredCertificate", request(transaction, now - 600_000, 10, time).toString());
    assertEquals(200, post(request(transaction, now - 600_000, 11, time).toString()).status());
    assertRefused(403, "InvalidCertificate", request(transaction, now + 1, 10, time).toString());
    assertRefused(403, "InvalidCertificate", request(transaction, now, 0, time).toString());
    assertRefused(400, "InvalidRequest", request(transaction, now, 31, time).toString());
    // Signed for another time.
    assertRefused(403, "InvalidCertificate", request(transaction, now, 10, time).toString());
    // Of another user; with another scheme; of no length.
    ObjectNode request = request(transaction);
    ObjectNode certificate = (ObjectNode) request.get("certificate");
    String good = certificate.get("signature").asString();
    certificate.put("user", objectId(1).toString());
    assertRefused(403, "InvalidCertificate", request.toString());
    certificate.put("user", user().toString());
    byte[] signature = Base64.getDecoder().decode(good);
    signature[0] = 1;
    certificate.put("signature", base64(signature));
    assertRefused(403, "InvalidCertificate", request.toString());
    certificate.put("signature", base64(new byte[5]));
    assertRefused(403, "InvalidCertificate", request.toString());
    // The session's key did not sign, or is none.
    certificate.put("signature", good);
    request.put("request_signature", base64(new byte[64]));
    assertRefused(403, "InvalidSessionSignature", request.toString());
    request.put("request_signature", base64(new byte[3]));
    assertRefused(403, "InvalidSessionSignature", request.toString());
  }

  @Test
  void refusesRequests() throws Exception {
    assertRefused(400, "InvalidRequest", "{");
    Response tooLong = post("{}" + " ".repeat(1 << 18));
    assertEquals(400, tooLong.status());
    assertTrue(tooLong.body().contains("got more than 262144 bytes"), tooLong::body);
    assertRefused(400, "InvalidRequest", "{}");
    assertRefused(403, "InvalidPTB", request(transaction("approve", IDENTITY)).toString());
    assertRefused(403, "InvalidPTB", request(transaction("seal_approve")).toString());
    Identity elsewhere = Identity.of(objectId(1), new byte[0]);
    assertRefused(
        403, "InvalidPTB", request(transaction("seal_approve", IDENTITY, elsewhere)).toString());
    byte[] good = transaction("seal_approve", IDENTITY);
    assertRefused(403, "InvalidPTB", request(Arrays.copyOf(good, good.length - 1)).toString());
    assertRefused(403, "InvalidPTB", request(Arrays.copyOf(good, good.length + 1)).toString());
    // The first argument is an object, or there is none.
    byte[] object = good.clone();
    int firstArgument = good.length - 14;
    object[firstArgument] = 1;
    assertRefused(403, "InvalidPTB", request(object).toString());
    object[firstArgument] = 77;
    assertRefused(403, "InvalidPTB", request(object).toString());
    assertEquals(400, send(server.address().resolve("/v1/fetch_key"), "GET", "").status());
  }

  @Test
  void policies() {
    AccessPolicy timeLock = AccessPolicy.timeLock(CLOCK);
    assertTrue(timeLock.allows(asking(time(NOW.toEpochMilli()))));
    assertFalse(timeLock.allows(asking(time(NOW.toEpochMilli() + 1))));
    assertFalse(timeLock.allows(asking(time(-1))));
    assertFalse(timeLock.allows(asking(new byte[7])));
    AccessPolicy owner =
        AccessPolicy.blobOwner(
            blob -> blob.equals(objectId(3)) ? Optional.of(user()) : Optional.empty());
    assertTrue(owner.allows(asking(objectId(3).toBytes())));
    assertFalse(owner.allows(asking(objectId(4).toBytes())));
    assertFalse(owner.allows(asking(new byte[31])));
  }

  private static byte[] time(long millis) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(millis).array();
  }

  private AccessRequest asking(byte[] id) {
    return new AccessRequest(user(), Identity.of(objectId(9), id), "lock", "seal_approve");
  }
}
