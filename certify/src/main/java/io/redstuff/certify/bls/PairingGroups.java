package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.util.List;

/**
 * The groups of BLS12-381 themselves, for schemes other than signatures, such as identity-based
 * encryption: points, secret multiples of them, and the pairing. Scalars are {@link SecretKey}s,
 * numbers from 1 to r - 1, so no product is infinite. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PairingGroups {
  /** The length of what {@link #pair} returns, in bytes. */
  public static final int TARGET_BYTES = 576;

  private final Pairings<?, ?> pairings;

  PairingGroups(Pairings<?, ?> pairings) {
    this.pairings = pairings;
  }

  /**
   * Reads a point of G1 and checks all there is to check about it.
   *
   * @param compressed 48 bytes
   * @return the point
   * @throws MalformedDataException if it is not the canonical form of a point
   * @throws VerificationException if it is uncompressed, infinite, not on the curve or not in the
   *     subgroup
   */
  public G1Point g1(byte[] compressed) throws MalformedDataException, VerificationException {
    PointEncoding.G1.check(compressed);
    return g1(pairings, compressed.clone());
  }

  private static <K> G1Point g1(Pairings<K, ?> pairings, byte[] compressed)
      throws VerificationException {
    return new G1Point(
        pairings, BlsEngine.pointOfG1(pairings, PointEncoding.G1, compressed), compressed);
  }

  /**
   * Reads a point of G2 and checks all there is to check about it.
   *
   * @param compressed 96 bytes
   * @return the point
   * @throws MalformedDataException if it is not the canonical form of a point
   * @throws VerificationException if it is uncompressed, infinite, not on the curve or not in the
   *     subgroup
   */
  public G2Point g2(byte[] compressed) throws MalformedDataException, VerificationException {
    PointEncoding.G2.check(compressed);
    return g2(pairings, compressed.clone());
  }

  private static <S> G2Point g2(Pairings<?, S> pairings, byte[] compressed)
      throws VerificationException {
    return new G2Point(
        pairings, BlsEngine.pointOfG2(pairings, PointEncoding.G2, compressed), compressed);
  }

  /**
   * Hashes a message to G1, as {@code BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_} does.
   *
   * @param message any bytes
   * @return the point, whose logarithm nobody knows
   */
  public G1Point hashToG1(byte[] message) {
    return hashToG1(pairings, message);
  }

  private static <K> G1Point hashToG1(Pairings<K, ?> pairings, byte[] message) {
    return finite(pairings, pairings.hashToG1(message));
  }

  /**
   * Multiplies the generator of G1.
   *
   * @param scalar by what
   * @return the product
   * @throws IllegalStateException if the scalar was closed
   */
  public G1Point multiplyG1(SecretKey scalar) {
    return multiplyG1(pairings, scalar);
  }

  private static <K> G1Point multiplyG1(Pairings<K, ?> pairings, SecretKey scalar) {
    return finite(pairings, pairings.key(scalar.bytes()));
  }

  /**
   * Multiplies a point of G1.
   *
   * @param point the point
   * @param scalar by what
   * @return the product
   * @throws IllegalStateException if the scalar was closed
   */
  public G1Point multiply(G1Point point, SecretKey scalar) {
    return multiply(pairings, point, scalar);
  }

  private static <K> G1Point multiply(Pairings<K, ?> pairings, G1Point point, SecretKey scalar) {
    return finite(pairings, pairings.multiplyG1(point.point(pairings), scalar.bytes()));
  }

  private static <K> G1Point finite(Pairings<K, ?> pairings, K point) {
    return new G1Point(pairings, point, pairings.encodeKey(point).orElseThrow());
  }

  /**
   * Multiplies the generator of G2.
   *
   * @param scalar by what
   * @return the product
   * @throws IllegalStateException if the scalar was closed
   */
  public G2Point multiplyG2(SecretKey scalar) {
    return multiplyG2(pairings, scalar);
  }

  private static <S> G2Point multiplyG2(Pairings<?, S> pairings, SecretKey scalar) {
    S point = pairings.multiplyG2(scalar.bytes());
    return new G2Point(pairings, point, pairings.encodeSignature(point).orElseThrow());
  }

  /**
   * Adds two points of G1.
   *
   * @param left one
   * @param right the other
   * @return the sum
   * @throws VerificationException {@link Reason#POINT_AT_INFINITY} if they cancel each other
   */
  public G1Point add(G1Point left, G1Point right) throws VerificationException {
    return add(pairings, left, right);
  }

  private static <K> G1Point add(Pairings<K, ?> pairings, G1Point left, G1Point right)
      throws VerificationException {
    return sum(pairings, left.point(pairings), right.point(pairings));
  }

  /**
   * Subtracts a point of G1 from another.
   *
   * @param left from what
   * @param right what
   * @return the difference
   * @throws VerificationException {@link Reason#POINT_AT_INFINITY} if they are equal
   */
  public G1Point subtract(G1Point left, G1Point right) throws VerificationException {
    return subtract(pairings, left, right);
  }

  private static <K> G1Point subtract(Pairings<K, ?> pairings, G1Point left, G1Point right)
      throws VerificationException {
    return sum(pairings, left.point(pairings), pairings.negateG1(right.point(pairings)));
  }

  private static <K> G1Point sum(Pairings<K, ?> pairings, K left, K right)
      throws VerificationException {
    K sum = pairings.addKeys(List.of(left, right));
    byte[] bytes =
        pairings.encodeKey(sum).orElseThrow(() -> PointEncoding.infinite("sum of points of G1"));
    return new G1Point(pairings, sum, bytes);
  }

  /**
   * Pairs two points.
   *
   * <p>The exponent of the last step is 3 (p^12 - 1) / r, as blst has it, so this is the cube of
   * what some call the reduced pairing.
   *
   * @param left of G1
   * @param right of G2
   * @return the number of the field of p^12 elements, 576 bytes: twelve big-endian numbers of 48
   *     bytes. With (a0 + a1 v + a2 v^2) + (b0 + b1 v + b2 v^2) w they are a0, b0, a1, b1, a2, b2,
   *     of each the real part first
   */
  public byte[] pair(G1Point left, G2Point right) {
    return pair(pairings, left, right);
  }

  private static <K, S> byte[] pair(Pairings<K, S> pairings, G1Point left, G2Point right) {
    return pairings.pair(left.point(pairings), right.point(pairings));
  }

  /**
   * Checks that a point is the hash of a message times the logarithm of a key, which makes it a
   * signature: {@code e(point, generator) = e(hashToG1(message), key)}. Returns if it is.
   *
   * @param key a multiple of the generator of G2
   * @param message what is hashed
   * @param point the claimed multiple of the hash
   * @throws VerificationException {@link Reason#BAD_SIGNATURE} if it is not
   */
  public void verify(G2Point key, byte[] message, G1Point point) throws VerificationException {
    if (!isMultiple(pairings, key, message, point)) {
      throw BlsEngine.notOfThisKey(message);
    }
  }

  private static <K, S> boolean isMultiple(
      Pairings<K, S> pairings, G2Point key, byte[] message, G1Point point) {
    return pairings.verifyShort(key.point(pairings), message, point.point(pairings));
  }
}
