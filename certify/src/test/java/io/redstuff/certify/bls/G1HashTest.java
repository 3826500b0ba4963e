package io.redstuff.certify.bls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import supranational.blst.P1;

/** Messages hashed to G1, beside the RFC and blst. */
class G1HashTest {

  /** Of RFC 9380, J.9.1. */
  @ParameterizedTest
  @CsvSource({
    "'',052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1,"
        + "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265",
    "abc,03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903,"
        + "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d",
    "abcdef0123456789,"
        + "11e0b079dea29a68f0383ee94fed1b940995272407e3bb916bbf268c263ddd57a6a27200a784cbc248e84f357ce82d98,"
        + "03a87ae2caf14e8ee52e51fa2ed8eefe80f02457004ba4d486d6aa1f517c0889501dc7413753f9599b099ebcbbd2d709"
  })
  void asInTheRfc(String message, String x, String y) {
    byte[] suite = "QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_".getBytes(UTF_8);
    ECPoint point = new G1Hash(suite).hash(message.getBytes(UTF_8));
    assertEquals(new BigInteger(x, 16), point.getAffineXCoord().toBigInteger());
    assertEquals(new BigInteger(y, 16), point.getAffineYCoord().toBigInteger());
  }

  @Property(tries = 60)
  void asInBlst(@ForAll @Size(max = 200) byte[] message, @ForAll @Size(max = 255) byte[] drawn) {
    // The binding takes the suite as a text.
    byte[] suite = new byte[drawn.length];
    for (int i = 0; i < suite.length; i++) {
      suite[i] = (byte) (32 + (drawn[i] & 63));
    }
    byte[] expected = new P1().hash_to(message, new String(suite, UTF_8)).to_affine().serialize();
    byte[] got = new BouncyCastlePairings().uncompressKey(new G1Hash(suite).hash(message));
    assertArrayEquals(expected, got, () -> HexFormat.of().formatHex(got));
  }

  /** Numbers that no message will ever be hashed to: 1 / 0, and what has no image. */
  @Test
  void exceptions() {
    ECPoint zero = G1Hash.toCurve(BigInteger.ZERO).normalize();
    ECFieldElement x = zero.getAffineXCoord();
    ECFieldElement y = zero.getAffineYCoord();
    assertEquals(x.square().multiply(x).add(zero.getCurve().getB()), y.square());
    BigInteger inKernel =
        new BigInteger(
            "010ef325dd1e98bdf0d97a4c6b7f968ed7f31f2fbff088acb39d5319cfc261ea18773405f325612742f0c5d90634bcf4",
            16);
    assertTrue(G1Hash.isogeny(inKernel, BigInteger.ONE).isInfinity());
  }
}
