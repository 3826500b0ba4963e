package io.redstuff.certify;

import static io.redstuff.certify.testing.Refusals.assertMalformed;
import static io.redstuff.certify.testing.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.audit.AuditHash;
import io.redstuff.audit.Beacon;
import io.redstuff.audit.DrandSignature;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.DrandJson;
import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds of drand's chain quicknet, as its servers gave them, on both engines. */
class DrandChainTest {
  private static final DrandChain QUICKNET = DrandChain.quicknet();

  private static final String SIGNATURE_1000 =
      "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
          + "e342b73a8dd2bacbe47e4b6b63ed5e39";

  private static final Beacon.Drand ROUND_1000 = beacon(1000, bytes(SIGNATURE_1000));

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static Beacon.Drand beacon(long round, byte[] signature) {
    return new Beacon.Drand(QUICKNET.hash(), round, DrandSignature.of(signature));
  }

  /** Published in 2023; the signatures are drand's own. */
  @ParameterizedTest
  @CsvSource({
    "1000, " + SIGNATURE_1000,
    "1001, b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03"
        + "f73896b25883abf2853d10337fb8fa41",
    "1002, ab066f9c12dd6de1336fca0f925192fb0c72a771c3e4c82ede1fd362c1a770f9"
        + "eb05843c6308ce2530b53a99c0281a6e",
    "1003, b104c82771698f45fd8dcfead083d482694c31ab519bcef077f126f3736fe98c"
        + "8392fd5d45d88aeb76b56ccfcb0296d7"
  })
  void genuineRounds(long round, String signature) throws RedStuffException {
    for (BlsEngine engine : BlsVectors.engines()) {
      QUICKNET.verify(beacon(round, bytes(signature)), engine);
      assertRefused(
          Reason.BAD_SIGNATURE, () -> QUICKNET.verify(beacon(round + 1, bytes(signature)), engine));
    }
  }

  @Test
  void randomness() {
    assertEquals(
        "0xfe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
        DrandChain.randomness(ROUND_1000).toString());
  }

  /** How drand makes the hash: all that a client has to know of a chain is in it. */
  @Test
  void hashIsOfTheParameters() throws Exception {
    byte[] group = bytes("f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(
        ByteBuffer.allocate(12)
            .putInt((int) QUICKNET.period().toSeconds())
            .putLong(QUICKNET.genesis().getEpochSecond())
            .flip());
    digest.update(QUICKNET.publicKey());
    digest.update(group);
    digest.update("quicknet".getBytes(UTF_8));
    assertArrayEquals(digest.digest(), QUICKNET.hash().toBytes());
    assertEquals(QUICKNET.hash().toString(), QUICKNET.toString());
  }

  @Test
  void timesOfRounds() {
    assertEquals(Duration.ofSeconds(3), QUICKNET.period());
    Instant first = Instant.parse("2023-08-23T15:09:27Z");
    assertEquals(first, QUICKNET.genesis());
    assertEquals(first, QUICKNET.timeOf(1));
    assertEquals(Instant.ofEpochSecond(1_692_806_364), QUICKNET.timeOf(1000));
    assertEquals(Instant.parse("2026-04-20T00:00:00Z"), QUICKNET.timeOf(27_946_612));
    assertEquals(0, QUICKNET.roundAt(first.minusNanos(1)));
    assertEquals(0, QUICKNET.roundAt(Instant.MIN));
    assertEquals(1, QUICKNET.roundAt(first));
    assertEquals(1, QUICKNET.roundAt(first.plusMillis(2999)));
    assertEquals(2, QUICKNET.roundAt(first.plusSeconds(3)));
    long last = QUICKNET.roundAt(Instant.MAX);
    assertEquals(last, QUICKNET.roundAt(QUICKNET.timeOf(last)));
    for (long round : new long[] {0, -1, last + 1, Long.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> QUICKNET.timeOf(round));
    }
  }

  /** What is published at the very moment of a commitment was known to somebody then. */
  @Test
  void firstRoundAfter() {
    Instant time = QUICKNET.timeOf(500);
    assertEquals(501, QUICKNET.firstRoundAfter(time));
    assertEquals(500, QUICKNET.firstRoundAfter(time.minusNanos(1)));
    assertEquals(1, QUICKNET.firstRoundAfter(Instant.EPOCH));
  }

  @Test
  void otherChain() {
    Beacon.Drand other = new Beacon.Drand(AuditHash.of(new byte[32]), 1000, ROUND_1000.signature());
    assertRefused(Reason.WRONG_BEACON, () -> QUICKNET.verify(other, BlsEngine.bouncyCastle()));
  }

  /** Every kind of bad value gets the same verdict in the same words. */
  @Test
  void enginesAgreeOnWhatIsBad() {
    byte[] good = bytes(SIGNATURE_1000);
    byte[] otherY = good.clone();
    otherY[0] ^= 0x20;
    byte[] uncompressed = good.clone();
    uncompressed[0] &= 0x7f;
    byte[] infinite = new byte[48];
    infinite[0] = (byte) 0xc0;
    byte[] xIsZero = new byte[48];
    xIsZero[0] = (byte) 0x80;
    byte[] notReduced = new byte[48];
    Arrays.fill(notReduced, (byte) 0xff);
    notReduced[0] = (byte) 0x9f;
    assertBad(Reason.BAD_SIGNATURE, otherY);
    assertBad(Reason.UNCOMPRESSED_POINT, uncompressed);
    assertBad(Reason.POINT_AT_INFINITY, infinite);
    assertBad(Reason.POINT_NOT_IN_SUBGROUP, xIsZero);
    assertMalformed(
        "at byte 0", () -> QUICKNET.verify(beacon(1000, notReduced), BlsEngine.bouncyCastle()));
    Map<Reason, Integer> verdicts = new EnumMap<>(Reason.class);
    for (int i = 0; i < 40; i++) {
      byte[] changed = good.clone();
      changed[47] = (byte) i;
      verdicts.merge(verdict(beacon(1000, changed)), 1, Integer::sum);
    }
    // Half of all x have points, and hardly any of these is of the subgroup.
    assertEquals(
        EnumSet.of(Reason.POINT_NOT_ON_CURVE, Reason.POINT_NOT_IN_SUBGROUP), verdicts.keySet());
  }

  private static void assertBad(Reason reason, byte[] signature) {
    assertEquals(reason, verdict(beacon(1000, signature)));
  }

  private static Reason verdict(Beacon.Drand beacon) {
    List<VerificationException> verdicts =
        BlsVectors.engines().stream()
            .map(
                engine ->
                    assertThrows(
                        VerificationException.class, () -> QUICKNET.verify(beacon, engine)))
            .toList();
    assertEquals(verdicts.getFirst().getMessage(), verdicts.getLast().getMessage());
    assertEquals(verdicts.getFirst().reason(), verdicts.getLast().reason());
    return verdicts.getFirst().reason();
  }

  /** Keys of this suite, too, are looked at closely. */
  @Test
  void badKeys() {
    byte[] message = {1};
    byte[] signature = bytes(SIGNATURE_1000);
    for (BlsEngine engine : BlsVectors.engines()) {
      byte[] infinite = new byte[96];
      infinite[0] = (byte) 0xc0;
      assertRefused(
          Reason.POINT_AT_INFINITY, () -> engine.verifyShort(infinite, message, signature));
      assertMalformed(
          "public key: got 48 bytes, expected 96",
          () -> engine.verifyShort(signature, message, signature));
      byte[] changed = QUICKNET.publicKey();
      int refused = 0;
      for (int i = 0; i < 8; i++) {
        changed[95] = (byte) i;
        VerificationException e =
            assertThrows(
                VerificationException.class, () -> engine.verifyShort(changed, message, signature));
        refused += e.reason() == Reason.POINT_NOT_IN_SUBGROUP ? 1 : 0;
      }
      // The others are not on the curve.
      assertEquals(4, refused);
    }
  }

  private static final String ANSWER =
      """
      {"round":1000,"randomness":"fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",\
      "signature":"%s"}
      """
          .formatted(SIGNATURE_1000);

  @Test
  void json() throws RedStuffException {
    assertEquals(ROUND_1000, DrandJson.parse(ANSWER.getBytes(UTF_8), QUICKNET));
    assertEquals(ROUND_1000, DrandJson.parse(DrandJson.write(ROUND_1000), QUICKNET));
    // Of older chains, and of others who pass it on.
    String other =
        "{\"round\":1000,\"signature\":\"%s\",\"verified\":true}"
            .formatted(SIGNATURE_1000.toUpperCase(Locale.ROOT));
    assertEquals(ROUND_1000, DrandJson.parse(other.getBytes(UTF_8), QUICKNET));
  }

  @Test
  void badJson() {
    assertBadJson("drand: not JSON", "{");
    assertBadJson("drand: got a array, expected an object", "[]");
    assertBadJson("drand.round: missing", "{}");
    assertBadJson("drand.round: got 0, expected at least 1", ANSWER.replace("1000", "0"));
    assertBadJson("drand.round: got -1, expected 0 to", ANSWER.replace("1000", "-1"));
    assertBadJson("drand.round: got a string", ANSWER.replace("1000", "\"1000\""));
    assertBadJson("drand.signature: missing", "{\"round\":7}");
    assertBadJson(
        "drand.signature: got 98 characters, expected 96 digits",
        ANSWER.replace("b44679", "00b44679"));
    assertBadJson("drand.signature: not hexadecimal", ANSWER.replace("b44679", "x44679"));
    assertBadJson(
        "drand.randomness: got 63 characters, expected 64 digits", ANSWER.replace("fe29", "e29"));
    assertRefused(
        Reason.WRONG_BEACON,
        () -> DrandJson.parse(ANSWER.replace("fe29", "fe28").getBytes(UTF_8), QUICKNET));
  }

  private static void assertBadJson(String why, String json) {
    assertMalformed(why, () -> DrandJson.parse(json.getBytes(UTF_8), QUICKNET));
  }
}
