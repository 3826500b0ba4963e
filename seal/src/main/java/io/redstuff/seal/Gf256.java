package io.redstuff.seal;

/**
 * The field of 256 elements, modulo x^8 + x^4 + x^3 + x + 1, which shares are numbers of. No step
 * depends on an operand: these are secrets, and tables would show them to who watches the caches.
 */
final class Gf256 {
  private static final int MODULUS = 0x11b;

  /** a^255 is 1 for all a but 0. */
  private static final int INVERSE_EXPONENT = 254;

  private Gf256() {}

  static int multiply(int a, int b) {
    int product = 0;
    int shifted = a;
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      product ^= shifted & -((b >> bit) & 1);
      shifted = (shifted << 1) ^ (MODULUS & -(shifted >> 7));
    }
    return product;
  }

  /** Returns {@code a / b}; b is not zero. */
  static int divide(int a, int b) {
    int quotient = a;
    int power = b;
    for (int rest = INVERSE_EXPONENT; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        quotient = multiply(quotient, power);
      }
      power = multiply(power, power);
    }
    return quotient;
  }
}
