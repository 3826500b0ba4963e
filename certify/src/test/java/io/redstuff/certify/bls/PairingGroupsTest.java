package io.redstuff.certify.bls;

import static io.redstuff.certify.testing.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of the groups and of the pairing, on each engine, and that both have the same bytes. */
@ParameterizedClass
@MethodSource("engines")
record PairingGroupsTest(BlsEngine engine) {
  private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

  static List<BlsEngine> engines() {
    return BlsVectors.engines();
  }

  private PairingGroups groups() {
    return engine.groups();
  }

  private static SecretKey scalar(int number) {
    byte[] bytes = new byte[SecretKey.BYTES];
    bytes[SecretKey.BYTES - 1] = (byte) number;
    try {
      return SecretKey.parse(bytes);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pairingIsBilinear() {
    byte[] sixth = groups().pair(groups().multiplyG1(scalar(2)), groups().multiplyG2(scalar(3)));
    assertEquals(PairingGroups.TARGET_BYTES, sixth.length);
    assertArrayEquals(
        sixth, groups().pair(groups().multiplyG1(scalar(6)), groups().multiplyG2(scalar(1))));
    assertArrayEquals(
        sixth,
        BlsEngine.bouncyCastle()
            .groups()
            .pair(groups().multiplyG1(scalar(1)), groups().multiplyG2(scalar(6))));
  }

  @Test
  void pointsAddUp() throws RedStuffException {
    G1Point hash = groups().hashToG1(MESSAGE);
    G1Point three = groups().multiply(hash, scalar(3));
    assertEquals(three, groups().add(hash, groups().add(hash, hash)));
    assertEquals(hash, groups().subtract(three, groups().multiply(hash, scalar(2))));
    assertRefused(Reason.POINT_AT_INFINITY, () -> groups().subtract(hash, hash));
    assertEquals(hash, BlsEngine.bouncyCastle().groups().hashToG1(MESSAGE));
    assertNotEquals(hash, three);
    assertEquals(hash.hashCode(), groups().g1(hash.toBytes()).hashCode());
  }

  @Test
  void multiplesOfHashesAreSignatures() throws RedStuffException {
    G1Point signature = groups().multiply(groups().hashToG1(MESSAGE), scalar(7));
    groups().verify(groups().multiplyG2(scalar(7)), MESSAGE, signature);
    engine.verifyShort(groups().multiplyG2(scalar(7)).toBytes(), MESSAGE, signature.toBytes());
    assertRefused(
        Reason.BAD_SIGNATURE,
        () -> groups().verify(groups().multiplyG2(scalar(8)), MESSAGE, signature));
  }

  @Test
  void pointsAreChecked() throws RedStuffException {
    G1Point left = groups().multiplyG1(scalar(5));
    G2Point right = groups().multiplyG2(scalar(5));
    assertEquals(left, groups().g1(left.toBytes()));
    assertEquals(right, groups().g2(right.toBytes()));
    assertThrows(MalformedDataException.class, () -> groups().g1(right.toBytes()));
    assertThrows(MalformedDataException.class, () -> groups().g2(left.toBytes()));
    byte[] infinity = new byte[G2Point.BYTES];
    infinity[0] = (byte) 0xc0;
    assertRefused(Reason.POINT_AT_INFINITY, () -> groups().g2(infinity));
    // Secret and copy are apart.
    SecretKey secret = scalar(9);
    byte[] copy = secret.toBytes();
    secret.close();
    assertEquals(9, copy[SecretKey.BYTES - 1]);
    assertThrows(IllegalStateException.class, secret::toBytes);
  }
}
