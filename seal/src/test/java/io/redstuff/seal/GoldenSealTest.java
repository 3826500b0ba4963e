package io.redstuff.seal;

import static io.redstuff.seal.SealVectors.bytes;
import static io.redstuff.seal.SealVectors.hex;
import static io.redstuff.seal.SealVectors.objectId;
import static io.redstuff.seal.SealVectors.rows;
import static io.redstuff.seal.SealVectors.scalar;
import static io.redstuff.seal.SealVectors.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.G2Point;
import io.redstuff.certify.bls.PairingGroups;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Everything that the official client made, byte for byte, and what it refuses. */
@ParameterizedClass
@MethodSource("engines")
record GoldenSealTest(Seal seal) {
  private static final HexFormat HEX = HexFormat.of();

  static List<Seal> engines() {
    return SealVectors.engines();
  }

  private PairingGroups groups() {
    return seal.groups();
  }

  @Test
  void pairings() throws Exception {
    for (JsonNode row : rows("gt").toList()) {
      G1Point left = groups().multiplyG1(shortHex(row, "a"));
      G2Point right = groups().multiplyG2(shortHex(row, "b"));
      byte[] pairing = groups().pair(left, right);
      if (row.has("pairingBytes")) {
        assertEquals(text(row, "pairingBytes"), HEX.formatHex(pairing));
      }
      assertArrayEquals(hex(row, "sha256"), MessageDigest.getInstance("SHA-256").digest(pairing));
    }
  }

  private static SecretKey shortHex(JsonNode row, String field) {
    return scalar(HEX.parseHex("0".repeat(64 - text(row, field).length()) + text(row, field)));
  }

  @Test
  void identities() {
    for (JsonNode row : rows("hashToG1").toList()) {
      byte[] message = concat("SUI-SEAL-IBE-BLS12381-00".getBytes(US_ASCII), hex(row, "id"));
      assertEquals("0x" + text(row, "point"), groups().hashToG1(message).toString());
    }
    Identity identity = Identity.of(SealVectors.serverId(0), new byte[] {1, 2});
    assertArrayEquals(
        concat(SealVectors.serverId(0).toBytes(), new byte[] {1, 2}), identity.fullId());
    assertEquals(identity.point(groups()), groups().hashToG1(identity.message()));
  }

  private static byte[] concat(byte[]... parts) {
    return Bytes.concat(parts);
  }

  @Test
  void shareKeys() {
    for (JsonNode row : rows("kdf").toList()) {
      // e(g1, g2)^a is e(a g1, g2).
      SecretKey a = scalar(row.get("gtScalar").asInt());
      byte[] pairing = groups().pair(groups().multiplyG1(a), groups().multiplyG2(scalar(1)));
      G2Point nonce = groups().multiplyG2(scalar(row.get("nonceScalar").asInt()));
      G1Point identity =
          groups().hashToG1(concat("SUI-SEAL-IBE-BLS12381-00".getBytes(US_ASCII), hex(row, "id")));
      assertArrayEquals(
          hex(row, "key"),
          KeyDerivation.ofShare(
              pairing, nonce, identity, objectId(row, "objectId"), row.get("index").asInt()));
    }
  }

  @Test
  void masterKeys() throws RedStuffException {
    for (JsonNode row : rows("masterKeyDerivation").toList()) {
      long index = row.get("index").asLong();
      try (MasterKey derived = MasterKey.derive(hex(row, "seed"), index);
          MasterKey expected = MasterKey.of(scalar(hex(row, "beModR")))) {
        ObjectId id = SealVectors.serverId(0);
        assertEquals(seal.server(id, expected), seal.server(id, derived));
      }
    }
    for (int i = 0; i < rows("servers").count(); i++) {
      try (MasterKey master = SealVectors.master(i)) {
        assertEquals(SealVectors.server(seal, i), seal.server(SealVectors.serverId(i), master));
      }
    }
  }

  @Test
  void userKeys() throws RedStuffException {
    for (JsonNode row : rows("userSecretKeys").toList()) {
      int index = indexOf(objectId(row, "server"));
      Identity identity = SealVectors.identity(row);
      assertArrayEquals(hex(row, "fullId"), identity.fullId());
      UserKey key = SealVectors.userKey(seal, index, identity);
      assertEquals("0x" + text(row, "userSecretKey"), key.point().toString());
      seal.verify(SealVectors.server(seal, index), key);
      KeyServer other = SealVectors.server(seal, (index + 1) % 10);
      assertReason(Reason.WRONG_USER_KEY, () -> seal.verify(other, key));
      UserKey claimed = new UserKey(other.objectId(), identity, key.point());
      assertReason(Reason.WRONG_USER_KEY, () -> seal.verify(other, claimed));
    }
  }

  private static int indexOf(ObjectId server) {
    List<ObjectId> all = rows("servers").map(row -> objectId(row, "objectId")).toList();
    return all.indexOf(server);
  }

  @Test
  void proofsOfPossession() throws RedStuffException {
    for (JsonNode row : rows("serverPop").toList()) {
      int index = indexOf(objectId(row, "server"));
      KeyServer server = SealVectors.server(seal, index);
      assertArrayEquals(hex(row, "message"), MasterKey.possessionMessage(server));
      G1Point proof = groups().g1(hex(row, "pop"));
      try (MasterKey master = SealVectors.master(index)) {
        assertEquals(proof, seal.provePossession(master, server.objectId()));
      }
      seal.verify(server, proof);
      KeyServer other = new KeyServer(SealVectors.serverId(9), server.publicKey());
      assertReason(Reason.BAD_SIGNATURE, () -> seal.verify(other, proof));
    }
  }

  @Test
  void answers() throws RedStuffException {
    for (JsonNode row : rows("elgamal").toList()) {
      try (TransportKey key = TransportKey.of(scalar(hex(row, "secretKey")))) {
        G1Point publicKey = groups().g1(hex(row, "publicKeyG1"));
        assertEquals(publicKey, seal.transportPublicKey(key));
        assertEquals(
            groups().g2(hex(row, "verificationKeyG2")), seal.transportVerificationKey(key));
        G1Point message = groups().g1(hex(row, "message"));
        EncryptedUserKey made = seal.encrypt(message, publicKey, scalar(hex(row, "randomness")));
        assertEquals("0x" + text(row, "c0"), made.c0().toString());
        assertEquals("0x" + text(row, "c1"), made.c1().toString());
        assertEquals(
            message, groups().subtract(made.c1(), groups().multiply(made.c0(), key.secret())));
      }
    }
  }

  @Test
  void encryptions() throws Exception {
    assertEquals(23, rows("encryptions").count());
    for (JsonNode row : rows("encryptions").toList()) {
      SealPolicy policy = policy(row);
      byte[] data = bytes(row.get("plaintext"));
      byte[] aad = bytes(row.get("aad"));
      EncryptedObject object;
      try (Randomness drawn = SealVectors.drawn(row)) {
        object = seal.encrypt(policy, SealVectors.cipher(row), data, aad, drawn);
      }
      byte[] bcs = object.toBcs();
      assertEquals(row.get("encryptedObjectLength").asInt(), bcs.length);
      assertArrayEquals(
          hex(row, "encryptedObjectSha256"), MessageDigest.getInstance("SHA-256").digest(bcs));
      EncryptedObject read = EncryptedObject.parse(bcs);
      assertArrayEquals(bcs, read.toBcs());
      assertEquals(policy.identity(), read.identity());
      assertEquals(policy.threshold(), read.threshold());
      assertEquals(data.length, read.dataLength());
      assertArrayEquals(aad, read.additionalData().orElseThrow());
      assertEquals(SealVectors.cipher(row), read.cipher());
      List<Integer> servers = SealVectors.numbers(row, "serverIndices");
      assertArrayEquals(
          data, seal.decrypt(read, SealVectors.userKeys(seal, servers, policy.identity())));
    }
  }

  private SealPolicy policy(JsonNode row) {
    List<Integer> servers = SealVectors.numbers(row, "serverIndices");
    return new SealPolicy(
        SealVectors.identity(row),
        SealVectors.servers(seal, servers),
        row.get("threshold").asInt());
  }

  /** The key inside, which the vectors show, too. */
  @Test
  void plainKeys() throws RedStuffException {
    JsonNode row = rows("encryptions").skip(11).findFirst().orElseThrow();
    SealPolicy policy = policy(row);
    try (Randomness drawn = SealVectors.drawn(row);
        SealedKey key = seal.newKey(policy, drawn)) {
      assertArrayEquals(hex(row, "demKey"), key.toBytes());
      EncryptedObject object = EncryptedObject.parse(key.object().toBcs());
      assertEquals(DataCipher.PLAIN, object.cipher());
      assertEquals(0, object.dataLength());
      assertTrue(object.additionalData().isEmpty());
      // One server has two of its shares.
      List<UserKey> keys = List.of(SealVectors.userKey(seal, 3, policy.identity()));
      assertArrayEquals(
          key.toBytes(),
          seal.decrypt(
              object, keys, SealVectors.servers(seal, SealVectors.numbers(row, "serverIndices"))));
    }
  }

  @Test
  void publishedObject() throws RedStuffException {
    JsonNode row = rows("published").findFirst().orElseThrow();
    Base64.Decoder base64 = Base64.getDecoder();
    EncryptedObject object =
        EncryptedObject.parse(base64.decode(text(row, "encryptedObjectBase64")));
    assertEquals(SealVectors.identity(row), object.identity());
    List<UserKey> keys = new ArrayList<>();
    List<KeyServer> servers = new ArrayList<>();
    List<String> ids = row.get("servers").valueStream().map(JsonNode::asString).toList();
    for (int i = 0; i < ids.size(); i++) {
      byte[] secret = base64.decode(row.get("masterKeysBase64").get(i).asString());
      try (MasterKey master = MasterKey.of(scalar(secret))) {
        servers.add(seal.server(objectId(ids.get(i)), master));
        keys.add(seal.userKey(master, objectId(ids.get(i)), object.identity()));
      }
    }
    byte[] expected = text(row, "plaintext").getBytes(UTF_8);
    assertArrayEquals(expected, seal.decrypt(object, keys, servers));
    assertArrayEquals(expected, seal.decrypt(object, keys.subList(1, 3)));
  }

  @Test
  void refusals() throws RedStuffException {
    for (JsonNode row : rows("refusals").toList()) {
      String name = text(row, "dem") + ", " + text(row, "name");
      byte[] bcs = hex(row, "encryptedObjectHex");
      String expected = expected(text(row, "name"));
      if (expected.equals("opens")) {
        assertEquals(text(row, "official"), "ok " + HEX.formatHex(open(row, bcs)), name);
      } else {
        RedStuffException e = assertThrows(RedStuffException.class, () -> open(row, bcs), name);
        assertEquals(expected, kind(e), name + ": " + e.getMessage());
      }
    }
  }

  /** What we make of it; the official client takes another version and trailing bytes. */
  private static String expected(String name) {
    return switch (name) {
      case "intact", "two of three keys" -> "opens";
      case "one key of threshold two" -> "too few";
      case "version 1", "trailing byte", "truncated", "share index changed" -> "malformed";
      case "nonce bit" -> "POINT_NOT_IN_SUBGROUP or POINT_NOT_ON_CURVE";
      default -> "BAD_CIPHERTEXT";
    };
  }

  private static String kind(RedStuffException e) {
    return switch (e) {
      case MalformedDataException _ -> "malformed";
      case InsufficientDataException _ -> "too few";
      case VerificationException v ->
          v.reason() == Reason.POINT_NOT_IN_SUBGROUP || v.reason() == Reason.POINT_NOT_ON_CURVE
              ? "POINT_NOT_IN_SUBGROUP or POINT_NOT_ON_CURVE"
              : v.reason().name();
    };
  }

  private byte[] open(JsonNode row, byte[] bcs) throws RedStuffException {
    EncryptedObject object = EncryptedObject.parse(bcs);
    Identity identity = EncryptedObject.parse(intact(text(row, "dem"))).identity();
    if (text(row, "name").equals("keys of another identity")) {
      identity = Identity.of(identity.packageId(), new byte[] {9});
    }
    List<UserKey> keys = new ArrayList<>();
    for (int server : SealVectors.numbers(row, "haveServers")) {
      UserKey key = SealVectors.userKey(seal, server, identity);
      keys.add(new UserKey(key.server(), object.identity(), key.point()));
    }
    return row.get("checkConsistency").asBoolean()
        ? seal.decrypt(object, keys, SealVectors.servers(seal, List.of(0, 1, 2)))
        : seal.decrypt(object, keys);
  }

  private static byte[] intact(String dem) {
    return rows("refusals")
        .filter(row -> text(row, "dem").equals(dem) && text(row, "name").equals("intact"))
        .map(row -> hex(row, "encryptedObjectHex"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void dataCiphers() throws RedStuffException {
    byte[] message =
        ("The difference between a Miracle and a Fact is exactly the difference between a mermaid"
                + " and a seal.")
            .getBytes(UTF_8);
    byte[] aad = "Mark Twain".getBytes(UTF_8);
    for (JsonNode row : rows("demRegression").toList()) {
      byte[] key = hex(row, "key");
      byte[] encrypted = hex(row, "ciphertext");
      if (SealVectors.cipher(row) == DataCipher.AES_256_GCM) {
        Ciphertext.Aes made = (Ciphertext.Aes) Ciphertext.Aes.encrypt(key, message, aad);
        assertArrayEquals(encrypted, made.encrypted());
        assertArrayEquals(message, made.decrypt(key));
      } else {
        Ciphertext.Hmac made = (Ciphertext.Hmac) Ciphertext.Hmac.encrypt(key, message, aad);
        assertArrayEquals(encrypted, made.encrypted());
        assertArrayEquals(hex(row, "mac"), made.mac());
        assertArrayEquals(message, made.decrypt(key));
      }
    }
  }

  @Test
  void shares() {
    for (JsonNode row : rows("gf256").toList()) {
      int a = Integer.parseInt(text(row, "a"), 16);
      int b = Integer.parseInt(text(row, "b"), 16);
      assertEquals(Integer.parseInt(text(row, "product"), 16), Gf256.multiply(a, b));
      if (row.hasNonNull("quotient")) {
        assertEquals(Integer.parseInt(text(row, "quotient"), 16), Gf256.divide(a, b));
      }
    }
    for (JsonNode row : rows("shamir").toList()) {
      byte[][] coefficients =
          SealVectors.transposed(
              row.get("polynomialCoefficientsPerByte")
                  .valueStream()
                  .map(text -> HEX.parseHex(text.asString()))
                  .toList());
      List<Shares.Share> all = new ArrayList<>();
      for (JsonNode share : row.get("shares")) {
        int index = share.get("index").asInt();
        byte[] value = Shares.at(index, hex(row, "secret"), coefficients);
        assertArrayEquals(hex(share, "share"), value);
        all.add(new Shares.Share(index, value));
      }
      int threshold = row.get("threshold").asInt();
      Stream.of(all.subList(0, threshold), all.subList(all.size() - threshold, all.size()), all)
          .forEach(
              some -> assertTrue(Arrays.equals(hex(row, "secret"), Shares.interpolate(some, 0))));
    }
  }

  static void assertReason(Reason reason, Executable what) {
    VerificationException e = assertThrows(VerificationException.class, what);
    assertEquals(reason, e.reason(), e.getMessage());
  }
}
