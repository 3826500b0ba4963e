package io.redstuff.certify.bls;

import static io.redstuff.certify.testing.Refusals.assertMalformed;
import static io.redstuff.certify.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException.Reason;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys, points and engines, at their edges. */
class KeysTest {
  private static final BlsEngine BOUNCY_CASTLE = BlsEngine.bouncyCastle();
  private static final BlsEngine BLST = BlsEngine.blst().orElseThrow();
  private static final byte[] MESSAGE = {1, 2, 3};

  @Test
  void secretsOutOfRange() {
    byte[] order =
        HexFormat.of().parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    assertMalformed("out of range", () -> SecretKey.parse(new byte[32]));
    assertMalformed("out of range", () -> SecretKey.parse(order));
    assertMalformed("got 31 bytes", () -> SecretKey.parse(new byte[31]));
    assertMalformed("got 33 bytes", () -> SecretKey.parse(new byte[33]));
  }

  /** The greatest secret is -1: its key is the generator with the other y. */
  @Test
  void greatestSecret() throws RedStuffException {
    byte[] bytes =
        HexFormat.of().parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000000");
    try (SecretKey minusOne = SecretKey.parse(bytes)) {
      PublicKey one = BlsVectors.key(BLST, "move-test-0");
      for (BlsEngine engine : BlsVectors.engines()) {
        PublicKey key = engine.publicKey(minusOne);
        byte[] other = one.toBytes();
        other[0] ^= 0x20;
        assertArrayEquals(other, key.toBytes());
        assertRefused(Reason.POINT_AT_INFINITY, () -> engine.aggregateKeys(List.of(one, key)));
        Signature signature = engine.sign(minusOne, MESSAGE);
        Signature opposite;
        try (SecretKey secret = BlsVectors.secret("move-test-0")) {
          opposite = engine.sign(secret, MESSAGE);
        }
        assertRefused(
            Reason.POINT_AT_INFINITY, () -> engine.aggregate(List.of(signature, opposite)));
      }
    }
  }

  @Test
  void secretIsNotShown() throws RedStuffException {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 0x5a);
    SecretKey secret = SecretKey.parse(bytes);
    assertEquals("secret key (not shown)", secret.toString());
    byte[] held = secret.bytes();
    secret.close();
    assertArrayEquals(new byte[32], held);
    for (BlsEngine engine : BlsVectors.engines()) {
      assertThrows(IllegalStateException.class, () -> engine.sign(secret, MESSAGE));
      assertThrows(IllegalStateException.class, () -> engine.publicKey(secret));
    }
  }

  @Test
  void generatedSecrets() throws RedStuffException {
    try (SecretKey one = SecretKey.generate(new SecureRandom());
        SecretKey other = SecretKey.generate(new SecureRandom())) {
      assertNotEquals(BLST.publicKey(one), BLST.publicKey(other));
      assertFalse(Arrays.equals(one.bytes(), other.bytes()));
      BOUNCY_CASTLE.verify(BLST.publicKey(one), MESSAGE, BLST.sign(one, MESSAGE));
    }
  }

  /** A draw that is not below the order is not bent into range, it is drawn again. */
  @Test
  void secretsAreDrawnAgain() {
    SecureRandom random =
        new SecureRandom() {
          private int calls;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) (calls++ == 0 ? 0xff : 1));
          }
        };
    byte[] expected = new byte[32];
    Arrays.fill(expected, (byte) 1);
    assertArrayEquals(expected, SecretKey.generate(random).bytes());
  }

  @Test
  void enginesUnderstandEachOther() throws RedStuffException {
    PublicKey key = BlsVectors.key(BOUNCY_CASTLE, "derived-3");
    PublicKey other = BlsVectors.key(BLST, "derived-3");
    assertEquals(key, other);
    assertArrayEquals(key.toUncompressedBytes(), other.toUncompressedBytes());
    try (SecretKey secret = BlsVectors.secret("derived-3")) {
      Signature signature = BLST.sign(secret, MESSAGE);
      assertEquals(BOUNCY_CASTLE.sign(secret, MESSAGE), signature);
      assertEquals(BOUNCY_CASTLE.sign(secret, MESSAGE).hashCode(), signature.hashCode());
      assertNotEquals(signature, key);
      assertNotEquals(key, signature);
      assertEquals("0x" + HexFormat.of().formatHex(signature.toBytes()), signature.toString());
      BOUNCY_CASTLE.verify(other, MESSAGE, signature);
      BLST.verify(key, MESSAGE, BOUNCY_CASTLE.sign(secret, MESSAGE));
      assertEquals(
          BLST.aggregateKeys(List.of(key, other)),
          BOUNCY_CASTLE.aggregateKeys(List.of(key, other)));
      assertEquals(
          BLST.aggregate(List.of(signature, signature)),
          BOUNCY_CASTLE.aggregate(List.of(signature, signature)));
    }
  }

  @Test
  void nothingToAdd() {
    assertThrows(IllegalArgumentException.class, () -> BLST.aggregateKeys(List.of()));
    assertThrows(IllegalArgumentException.class, () -> BLST.aggregate(List.of()));
  }

  /** (0, 2) and (0, -2) are on the curve and have order 3; there is no signature of this kind. */
  @Test
  void xIsZero() {
    byte[] key = new byte[48];
    byte[] signature = new byte[96];
    byte[] uncompressed = new byte[96];
    uncompressed[95] = 2;
    signature[0] = (byte) 0x80;
    for (int flags : new int[] {0x80, 0xa0}) {
      key[0] = (byte) flags;
      for (BlsEngine engine : BlsVectors.engines()) {
        assertRefused(Reason.POINT_NOT_IN_SUBGROUP, () -> engine.publicKey(key));
        assertRefused(
            Reason.POINT_NOT_IN_SUBGROUP, () -> engine.uncompressedPublicKey(uncompressed));
        assertRefused(Reason.POINT_NOT_ON_CURVE, () -> engine.signature(signature));
      }
    }
  }

  /** What blst refuses for another reason than the curve is not taken for that. */
  @Test
  void otherRefusalsOfBlst() {
    RuntimeException e =
        assertThrows(RuntimeException.class, () -> new BlstPairings().decodeKey(new byte[48]));
    assertEquals("BLST_ERROR: bad point encoding", e.getMessage());
  }

  @Test
  void infinityWithOtherBits() {
    byte[] key = new byte[48];
    key[0] = (byte) 0xc0;
    key[47] = 1;
    assertMalformed("at byte 47", () -> BLST.publicKey(key));
    key[47] = 0;
    assertRefused(Reason.POINT_AT_INFINITY, () -> BLST.publicKey(key));
    key[0] = (byte) 0xe0;
    assertMalformed("at byte 0", () -> BLST.publicKey(key));
    assertMalformed("got 0 bytes", () -> BLST.publicKey(new byte[0]));
    byte[] compressedTwice = new byte[96];
    compressedTwice[0] = (byte) 0x80;
    assertMalformed("got 96 bytes, expected 48", () -> BLST.publicKey(compressedTwice));
  }

  /** Both coordinates of a signature's x have to be reduced. */
  @Test
  void secondCoordinateNotReduced() {
    byte[] signature = new byte[96];
    signature[0] = (byte) 0x80;
    Arrays.fill(signature, 48, 96, (byte) 0xff);
    for (BlsEngine engine : BlsVectors.engines()) {
      assertMalformed("at byte 48", () -> engine.signature(signature));
    }
  }

  @Test
  void uncompressedKeys() {
    byte[] good = BlsVectors.key(BLST, "derived-1").toUncompressedBytes();
    for (BlsEngine engine : BlsVectors.engines()) {
      assertMalformed("got 95 bytes", () -> engine.uncompressedPublicKey(new byte[95]));
      byte[] flagged = good.clone();
      flagged[0] |= (byte) 0x80;
      assertMalformed("got flags 0x80", () -> engine.uncompressedPublicKey(flagged));
      byte[] greatY = good.clone();
      Arrays.fill(greatY, 48, 96, (byte) 0xff);
      assertMalformed("at byte 48", () -> engine.uncompressedPublicKey(greatY));
      byte[] otherY = good.clone();
      otherY[95] ^= 1;
      assertRefused(Reason.POINT_NOT_ON_CURVE, () -> engine.uncompressedPublicKey(otherY));
      byte[] noPoint = new byte[96];
      noPoint[47] = 1;
      assertRefused(Reason.POINT_NOT_ON_CURVE, () -> engine.uncompressedPublicKey(noPoint));
    }
  }

  @Test
  void choice() {
    assertSame(BLST, BlsEngine.choose(null));
    assertSame(BOUNCY_CASTLE, BlsEngine.choose("bouncy-castle"));
    assertSame(BLST, BlsEngine.choose("blst"));
    assertSame(BLST, BlsEngine.preferred());
    assertEquals(
        "-Dredstuff.bls: got 'fast', expected one of [blst, bouncy-castle]",
        assertThrows(IllegalStateException.class, () -> BlsEngine.choose("fast")).getMessage());
  }

  @Test
  void blstIsNotThereOrDoesNotRun() {
    assertEquals(Optional.empty(), BlsEngine.load("supranational.blst.NotThere"));
    assertEquals(Optional.empty(), BlsEngine.load(Broken.class.getName()));
  }

  /** As a binding whose library does not load. */
  static final class Broken {
    static {
      if (true) {
        throw new UnsatisfiedLinkError("not for this machine");
      }
    }
  }
}
