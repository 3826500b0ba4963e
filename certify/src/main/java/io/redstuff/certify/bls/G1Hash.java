package io.redstuff.certify.bls;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.bls.BLS12_381G1;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Hashes messages to points of G1, as {@code BLS12381G1_XMD:SHA-256_SSWU_RO_} of RFC 9380 does;
 * Bouncy Castle has that for G2 only.
 *
 * <p>A message gives two numbers of the field, each of them a point of the curve E': y^2 = x^3 + ax
 * + b, since the map to a curve needs one with a and b other than zero. An isogeny takes these to
 * G1's own curve, y^2 = x^3 + 4. It has a kernel of 11 points, and while the RFC writes it out as
 * four polynomials with 53 coefficients, V&eacute;lu's formulas make it of the kernel alone.
 *
 * <p>Thread-safe.
 */
final class G1Hash {
  private static final ECCurve CURVE = BLS12_381G1.createCurve();
  private static final BigInteger P = CURVE.getField().getCharacteristic();

  private static final BigInteger A =
      number(
          "00144698a3b8e9433d693a02c96d4982b0ea985383ee66a8",
          "d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d");
  private static final BigInteger B =
      number(
          "12e2908d11688030018b12e8753eee3b2016c1f0f24f4070",
          "a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0");

  /** Not a square. */
  private static final BigInteger Z = BigInteger.valueOf(11);

  /** The x of the kernel's points but the one at infinity; each x has two of them. */
  private static final List<BigInteger> KERNEL =
      List.of(
          number(
              "010ef325dd1e98bdf0d97a4c6b7f968ed7f31f2fbff088ac",
              "b39d5319cfc261ea18773405f325612742f0c5d90634bcf4"),
          number(
              "0d7f2d0d03ae035321eed4c1479d13251abf0e9a96479623",
              "eb5380b575e319851fb5e5a8b43b9c1a46880f54bf2b2f7c"),
          number(
              "105249b4cac630ce5aa18e6c1189a18c82019b4e12e491fb",
              "ac012c259ca3a67f638560b8bb416af02a4724385ed0fc8e"),
          number(
              "140d41735b10ce710727cd9356905701a2b866b803baa468",
              "948b7f423ddcc560c9a8f1cd5f8ed4297c37464fb8bfe4a7"),
          number(
              "1665a9c648e78314490a94f654d9b1039ab85847223bfaed",
              "9aa54f0f07736d122d1ceca1ac0e9123e753fde16e97c3d7"));

  /** Called c: the formulas lead to the curve y^2 = x^3 + 4 / c^6, and this from there to G1's. */
  private static final BigInteger SCALE =
      number(
          "17a3e1bda8a2d1a38a19241a0ea1e2f25b552d6197903f96",
          "bae690ef6be6b1381be22e8a72a9745cd7a1ffffffffb26d");

  /** Takes any point of the curve into the subgroup. */
  private static final BigInteger COFACTOR = new BigInteger("d201000000010001", 16);

  private static final int DIGEST_BYTES = 32;
  private static final int BLOCK_BYTES = 64;

  /** Bytes for a number of the field: 16 more than it has, so that none is favored. */
  private static final int NUMBER_BYTES = 64;

  private final byte[] suite;

  /**
   * Hashes with a domain separation tag.
   *
   * @param suite up to 255 bytes
   */
  G1Hash(byte[] suite) {
    this.suite = suite.clone();
  }

  private static BigInteger number(String high, String low) {
    return new BigInteger(high + low, 16);
  }

  /** Returns the point of a message, normalized. */
  ECPoint hash(byte[] message) {
    ByteBuffer uniform = ByteBuffer.wrap(expand(message, 2 * NUMBER_BYTES));
    ECPoint sum = toCurve(next(uniform)).add(toCurve(next(uniform)));
    // Not the point's own method, which may be one for points of the subgroup.
    return ECAlgorithms.referenceMultiply(sum, COFACTOR).normalize();
  }

  private static BigInteger next(ByteBuffer uniform) {
    byte[] bytes = new byte[NUMBER_BYTES];
    uniform.get(bytes);
    return new BigInteger(1, bytes).mod(P);
  }

  /** {@code expand_message_xmd}: as many bytes as are asked for, a multiple of 32. */
  private byte[] expand(byte[] message, int length) {
    MessageDigest digest = sha256();
    digest.update(new byte[BLOCK_BYTES]);
    digest.update(message);
    byte[] first = finish(digest, length >> 8, length, 0);
    ByteBuffer all = ByteBuffer.allocate(length);
    byte[] block = new byte[DIGEST_BYTES];
    for (int i = 1; all.hasRemaining(); i++) {
      for (int at = 0; at < DIGEST_BYTES; at++) {
        block[at] ^= first[at];
      }
      digest.update(block);
      block = finish(digest, i);
      all.put(block);
    }
    return all.array();
  }

  /** Ends a digest with some bytes, the suite and its length. */
  private byte[] finish(MessageDigest digest, int... bytes) {
    for (int each : bytes) {
      digest.update((byte) each);
    }
    digest.update(suite);
    digest.update((byte) suite.length);
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  /** The simplified map of Shallue, van de Woestijne and Ulas to E', then the isogeny. */
  static ECPoint toCurve(BigInteger u) {
    BigInteger zu2 = Z.multiply(u).multiply(u).mod(P);
    BigInteger sum = zu2.multiply(zu2).add(zu2).mod(P);
    // 1 / 0 is 0 here.
    BigInteger inverse = sum.modPow(P.subtract(BigInteger.TWO), P);
    BigInteger x =
        sum.signum() == 0
            ? divide(B, Z.multiply(A))
            : divide(B.negate(), A).multiply(inverse.add(BigInteger.ONE)).mod(P);
    BigInteger y = root(x);
    if (!isRoot(y, x)) {
      // One of both is a square.
      x = x.multiply(zu2).mod(P);
      y = root(x);
    }
    return isogeny(x, y.testBit(0) == u.testBit(0) ? y : P.subtract(y));
  }

  private static BigInteger onCurve(BigInteger x) {
    return x.multiply(x).add(A).multiply(x).add(B).mod(P);
  }

  /** Returns y for an x of E', if there is one: p is 3 modulo 4. */
  private static BigInteger root(BigInteger x) {
    return onCurve(x).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
  }

  private static boolean isRoot(BigInteger y, BigInteger x) {
    return y.multiply(y).mod(P).equals(onCurve(x));
  }

  /** Takes a point of E' to the curve of G1, those of the kernel to the point at infinity. */
  static ECPoint isogeny(BigInteger x, BigInteger y) {
    if (KERNEL.contains(x)) {
      return CURVE.getInfinity();
    }
    BigInteger imageX = x;
    // of imageX, as a function of x
    BigInteger derivative = BigInteger.ONE;
    for (BigInteger k : KERNEL) {
      BigInteger inverse = x.subtract(k).modInverse(P);
      BigInteger t = product(Stream.of(k, k, BigInteger.valueOf(3))).add(A).shiftLeft(1);
      BigInteger u = onCurve(k).shiftLeft(2);
      BigInteger first = t.multiply(inverse).mod(P);
      BigInteger second = product(Stream.of(u, inverse, inverse));
      imageX = imageX.add(first).add(second);
      derivative = derivative.subtract(first.add(second.shiftLeft(1)).multiply(inverse));
    }
    return CURVE.createPoint(
        product(Stream.of(imageX, SCALE, SCALE)),
        product(Stream.of(derivative, y, SCALE, SCALE, SCALE)));
  }

  private static BigInteger product(Stream<BigInteger> factors) {
    return factors.reduce(BigInteger.ONE, (a, b) -> a.multiply(b).mod(P));
  }

  private static BigInteger divide(BigInteger a, BigInteger b) {
    return a.multiply(b.modInverse(P)).mod(P);
  }
}
