package io.redstuff.simd.field;

/**
 * GF(2^16) as a quadratic extension of GF(2^8): the coordinates the fast engines compute in.
 *
 * <p>With {@code beta_8 * beta_i = beta_{8+i} + m_i} for i below 8, an element {@code lo + hi *
 * 256} of the Cantor basis is {@code lo' + hi * beta_8} where {@code lo' = lo + M(hi)} and {@code
 * M} is the linear map that takes bit i to {@code m_i}. The map from {@code lo} to {@code lo'} is
 * its own inverse. In the coordinates {@code (lo', hi)} a constant of GF(2^8) multiplies both bytes
 * alike, and since {@code beta_8^2 = beta_8 + beta_7} a constant {@code c0 + c1 * beta_8} gives
 *
 * <pre>
 * lo = c0 * lo' + (c1 * beta_7) * hi
 * hi = c1 * lo' + (c0 + c1) * hi
 * </pre>
 */
final class Tower {
  private static final int BETA_7 = 1 << 7;
  private static final int BETA_8 = 1 << 8;

  private static final byte[] BASIS_CHANGE = new byte[256];
  private static final byte[] TIMES_BETA_7 = new byte[256];

  static {
    for (int hi = 0; hi < 256; hi++) {
      int sum = 0;
      for (int i = 0; i < 8; i++) {
        if ((hi & (1 << i)) != 0) {
          sum ^= Gf16.multiply(BETA_8, 1 << i) ^ (BETA_8 << i);
        }
      }
      BASIS_CHANGE[hi] = (byte) sum;
      TIMES_BETA_7[hi] = (byte) Gf16.multiply(hi, BETA_7);
    }
  }

  private Tower() {}

  /** Returns what the basis change adds to the low byte of an element with this high byte. */
  static int basisChange(int hi) {
    return BASIS_CHANGE[hi] & 0xFF;
  }

  /** Returns the coordinate c0 of a constant given in the Cantor basis. */
  static int low(int constant) {
    return (constant & 0xFF) ^ basisChange(constant >>> 8);
  }

  /** Returns the coordinate c1 of a constant given in the Cantor basis. */
  static int high(int constant) {
    return constant >>> 8;
  }

  /** Returns the GF(2^8) factor c1 * beta_7 that carries the high byte into the low one. */
  static int highToLow(int constant) {
    return TIMES_BETA_7[high(constant)] & 0xFF;
  }

  /** Returns the GF(2^8) factor c0 + c1 of the high byte. */
  static int highToHigh(int constant) {
    return low(constant) ^ high(constant);
  }
}
