package io.redstuff.certify.bls;

import static io.redstuff.certify.testing.BlsVectors.hex;
import static io.redstuff.certify.testing.BlsVectors.rows;
import static io.redstuff.certify.testing.BlsVectors.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Everything that was signed elsewhere, byte for byte, and what the official build refuses. */
@ParameterizedClass
@MethodSource("engines")
record GoldenSignaturesTest(BlsEngine engine) {
  static List<BlsEngine> engines() {
    return BlsVectors.engines();
  }

  @Test
  void keys() throws RedStuffException {
    assertEquals(140, rows("keys").count());
    for (JsonNode row : rows("keys").toList()) {
      try (SecretKey secret = SecretKey.parse(hex(row, "secretScalarBigEndian"))) {
        PublicKey key = engine.publicKey(secret);
        assertEquals("0x" + text(row, "publicKey"), key.toString(), text(row, "name"));
        PublicKey read = engine.uncompressedPublicKey(key.toUncompressedBytes());
        assertEquals(key, read);
        assertEquals(key.hashCode(), read.hashCode());
      }
    }
  }

  @Test
  void signatures() throws RedStuffException {
    List<SignedBytes> all = new ArrayList<>();
    for (JsonNode row : rows("signatures").toList()) {
      byte[] message =
          row.has("message") ? BlsVectors.message(text(row, "message")) : hex(row, "messageHex");
      String name = text(row, "key");
      check(message, name, hex(row, "signature"));
      all.add(
          new SignedBytes(
              BlsVectors.key(engine, name), message, engine.signature(hex(row, "signature"))));
    }
    engine.verifyAll(all, new SecureRandom());
    all.set(3, new SignedBytes(all.get(2).key(), all.get(3).message(), all.get(3).signature()));
    assertBad(() -> engine.verifyAll(all, new SecureRandom()));
    engine.verifyAll(List.of(), new SecureRandom());
  }

  @Test
  void proofsOfPossession() throws RedStuffException {
    for (JsonNode row : rows("proofsOfPossession").toList()) {
      check(hex(row, "message"), text(row, "key"), hex(row, "signature"));
    }
  }

  @Test
  void signedRequest() throws RedStuffException {
    JsonNode row = BlsVectors.object("signedSyncShardRequest");
    check(hex(row, "message"), text(row, "key"), hex(row, "signature"));
  }

  private void check(byte[] message, String name, byte[] expected) throws RedStuffException {
    Signature signature = engine.signature(expected);
    engine.verify(BlsVectors.key(engine, name), message, signature);
    try (SecretKey secret = BlsVectors.secret(name)) {
      assertArrayEquals(expected, engine.sign(secret, message).toBytes());
    }
    assertBad(() -> engine.verify(BlsVectors.key(engine, name), new byte[] {9}, signature));
  }

  @Test
  void certificates() throws RedStuffException {
    for (JsonNode row : rows("certificates").toList()) {
      byte[] message = BlsVectors.message(text(row, "message"));
      List<JsonNode> members = row.get("members").valueStream().toList();
      List<PublicKey> all =
          members.stream().map(member -> BlsVectors.key(engine, text(member, "key"))).toList();
      List<String> signers =
          row.get("signers")
              .valueStream()
              .map(index -> text(members.get(index.asInt()), "key"))
              .toList();
      PublicKey sum =
          engine.aggregateKeys(signers.stream().map(name -> BlsVectors.key(engine, name)).toList());
      assertEquals("0x" + text(row, "aggregatePublicKeyOfSigners"), sum.toString());
      assertEquals(
          "0x" + text(row, "totalAggregatePublicKey"), engine.aggregateKeys(all).toString());
      List<Signature> signatures =
          signers.stream()
              .map(
                  name -> {
                    try (SecretKey secret = BlsVectors.secret(name)) {
                      return engine.sign(secret, message);
                    }
                  })
              .toList();
      Signature aggregate = engine.aggregate(signatures);
      assertArrayEquals(hex(row, "aggregateSignature"), aggregate.toBytes());
      engine.verify(sum, message, aggregate);
    }
  }

  @Test
  void sameSignatureTwice() throws RedStuffException {
    JsonNode row = BlsVectors.object("edge").get("sameSignatureTwice");
    Signature good = engine.signature(hex(refusals().get("good"), "signature"));
    assertArrayEquals(hex(row, "agg"), engine.aggregate(List.of(good, good)).toBytes());
  }

  /** The official build accepts three of these, and refuses those only when it verifies. */
  @Test
  void refused() {
    Map<String, Reason> reasons =
        Map.of(
            "message-bit-flipped", Reason.BAD_SIGNATURE,
            "signature-sign-bit-flipped (negated point)", Reason.BAD_SIGNATURE,
            "signature-infinity", Reason.POINT_AT_INFINITY,
            "key-infinity", Reason.POINT_AT_INFINITY,
            "signature-without-compression-bit", Reason.UNCOMPRESSED_POINT,
            "key-on-curve-outside-subgroup", Reason.POINT_NOT_IN_SUBGROUP,
            "key-plus-torsion-point", Reason.POINT_NOT_IN_SUBGROUP,
            "uncompressed-signature-192", Reason.UNCOMPRESSED_POINT,
            "uncompressed-key-96", Reason.UNCOMPRESSED_POINT,
            "key-zero-bytes", Reason.UNCOMPRESSED_POINT);
    int refused = 0;
    for (JsonNode row : rows("refusals").toList()) {
      String name = text(row, "name");
      if (name.equals("good")) {
        continue;
      }
      refused++;
      RedStuffException e =
          assertThrows(
              RedStuffException.class,
              () ->
                  engine.verify(
                      engine.publicKey(hex(row, "publicKey")),
                      hex(row, "message"),
                      engine.signature(hex(row, "signature"))),
              name);
      Reason reason = e instanceof VerificationException v ? v.reason() : null;
      if (name.equals("signature-bit-flipped")) {
        assertEquals(Reason.POINT_NOT_ON_CURVE, reason);
      } else {
        assertEquals(reasons.get(name), reason, name + ": " + e.getMessage());
      }
    }
    assertEquals(17, refused);
  }

  private static Map<String, JsonNode> refusals() {
    return rows("refusals").collect(Collectors.toMap(row -> text(row, "name"), row -> row));
  }

  private static void assertBad(Executable what) {
    assertEquals(Reason.BAD_SIGNATURE, assertThrows(VerificationException.class, what).reason());
  }
}
