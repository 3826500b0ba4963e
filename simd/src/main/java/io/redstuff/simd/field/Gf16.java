package io.redstuff.simd.field;

/**
 * The field GF(2^16) of the Walrus code, one element at a time.
 *
 * <p>The field is GF(2)[x] modulo {@code x^16 + x^5 + x^3 + x^2 + 1} ({@code 0x1002D}). An element
 * is written as a 16-bit number in the <em>Cantor basis</em> {@code beta_0 .. beta_15}: bit i of
 * the number is the coordinate of {@code beta_i}, and {@code beta_{i+1}^2 + beta_{i+1} = beta_i}.
 * The numbers below 256 form the subfield GF(2^8), those below 16 GF(2^4), and so on; 1 is the
 * number 1 and addition is XOR.
 *
 * <p>This class is the definition the engines are held against; bulk work is theirs. All methods
 * are pure and thread-safe. Arguments must be in 0..65535; anything else fails with an {@link
 * IndexOutOfBoundsException} or, for {@link #add}, is meaningless.
 */
public final class Gf16 {
  /** Number of elements of the field. */
  public static final int ORDER = 1 << 16;

  /** Number of non-zero elements, the order of the multiplicative group. */
  public static final int GROUP_ORDER = ORDER - 1;

  private static final int REDUCTION = 0x1002D;

  private static final int[] CANTOR_BASIS = {
    0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
    0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E
  };

  /** Discrete logarithms to the base x by Cantor coordinates; the entry of zero is unused. */
  private static final char[] LOG = new char[ORDER];

  /**
   * Powers of x in Cantor coordinates; two periods, so that a sum of two logarithms needs no
   * modulus.
   */
  private static final char[] EXP = new char[2 * GROUP_ORDER];

  static {
    char[] logOfPolynomial = new char[ORDER];
    int power = 1;
    for (int exponent = 0; exponent < GROUP_ORDER; exponent++) {
      logOfPolynomial[power] = (char) exponent;
      power <<= 1;
      if ((power & ORDER) != 0) {
        power ^= REDUCTION;
      }
    }
    int[] polynomial = new int[ORDER];
    for (int element = 1; element < ORDER; element++) {
      int top = Integer.highestOneBit(element);
      polynomial[element] =
          polynomial[element ^ top] ^ CANTOR_BASIS[Integer.numberOfTrailingZeros(top)];
      char log = logOfPolynomial[polynomial[element]];
      LOG[element] = log;
      EXP[log] = (char) element;
      EXP[log + GROUP_ORDER] = (char) element;
    }
  }

  private Gf16() {}

  /**
   * Returns the sum of two elements, which is also their difference.
   *
   * @param a an element
   * @param b an element
   * @return a + b
   */
  public static int add(int a, int b) {
    return a ^ b;
  }

  /**
   * Returns the product of two elements.
   *
   * @param a an element
   * @param b an element
   * @return a * b
   */
  public static int multiply(int a, int b) {
    int sum = LOG[a] + LOG[b];
    return a == 0 || b == 0 ? 0 : EXP[sum];
  }

  /**
   * Returns the multiplicative inverse of an element.
   *
   * @param a a non-zero element
   * @return the element whose product with {@code a} is 1
   * @throws ArithmeticException if {@code a} is zero
   */
  public static int inverse(int a) {
    return EXP[GROUP_ORDER - log(a)];
  }

  /**
   * Returns the discrete logarithm of an element.
   *
   * @param a a non-zero element
   * @return the exponent in 0..65534 for which {@link #power} gives {@code a}
   * @throws ArithmeticException if {@code a} is zero
   */
  public static int log(int a) {
    if (a == 0) {
      throw new ArithmeticException("zero has no logarithm and no inverse");
    }
    return LOG[a];
  }

  /**
   * Returns a power of the generator x of the multiplicative group.
   *
   * @param exponent in 0..65534
   * @return x to the power of {@code exponent}
   */
  public static int power(int exponent) {
    return EXP[exponent];
  }

  /**
   * Returns an element times {@link #power} of an exponent.
   *
   * @param a an element
   * @param exponent in 0..65535
   * @return a times x to the power of {@code exponent}
   */
  public static int timesPower(int a, int exponent) {
    return a == 0 ? 0 : EXP[LOG[a] + exponent];
  }
}
