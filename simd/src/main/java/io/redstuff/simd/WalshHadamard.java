package io.redstuff.simd;

/**
 * The Walsh-Hadamard transform modulo 65535, which turns sums over XOR differences into products.
 *
 * <p>With it the logarithms of all values of an error locator, {@code sum over e of log(x + e)},
 * come at the cost of two transforms. Values are residues in 0..65534.
 */
final class WalshHadamard {
  private static final int MODULUS = Gf16.GROUP_ORDER;

  private WalshHadamard() {}

  /** Transforms in place. The length must be a power of two; twice gives length times the input. */
  static void transform(int[] values) {
    for (int distance = 1; distance < values.length; distance *= 2) {
      for (int block = 0; block < values.length; block += 2 * distance) {
        for (int i = block; i < block + distance; i++) {
          int sum = values[i] + values[i + distance];
          int difference = values[i] - values[i + distance];
          values[i] = sum >= MODULUS ? sum - MODULUS : sum;
          values[i + distance] = difference < 0 ? difference + MODULUS : difference;
        }
      }
    }
  }

  /**
   * XOR convolution: {@code result[x] = sum over e of a[e] * b[x ^ e]}.
   *
   * @param a residues, a power of two of them; overwritten
   * @param b residues, as many; overwritten
   * @return the convolution, in {@code a}
   */
  static int[] convolve(int[] a, int[] b) {
    transform(a);
    transform(b);
    for (int i = 0; i < a.length; i++) {
      a[i] = (int) ((long) a[i] * b[i] % MODULUS);
    }
    transform(a);
    // 2^16 is 1 modulo 65535, so dividing by the length 2^q is multiplying by 2^(16-q)
    long inverseLength = (1L << 16) / a.length;
    for (int i = 0; i < a.length; i++) {
      a[i] = (int) (a[i] * inverseLength % MODULUS);
    }
    return a;
  }
}
