package io.redstuff.simd;

import io.redstuff.simd.field.Gf16;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * What decoding needs to know about which symbols are at hand, and nothing about their content.
 *
 * <p>With E the erased points, the <em>error locator</em> is the polynomial whose roots they are. A
 * received symbol at point x is multiplied by its value {@code L(x) = product over e in E of (x +
 * e)}, and an erased one at e in the end divided by the derivative {@code L'(e)}, the same product
 * without the factor for e itself. The logarithms of all these values are one XOR convolution of
 * the set E with the table of logarithms, over the points of the code alone: erasures beyond them
 * would multiply everything by one constant.
 *
 * <p>Immutable and thread-safe: one pattern serves all codewords that lack the same symbols.
 *
 * @since 0.1.0
 */
public final class ErasurePattern {
  private final ReedSolomon code;

  /** Indices of the k symbols that decoding reads, ascending. */
  private final int[] used;

  /** Indices of the originals that decoding restores, ascending. */
  private final int[] missing;

  /** How to decode; null if nothing is missing. */
  private final DecodingPlan plan;

  /** By point, what {@link #logLocator} computes when it is first asked. */
  private volatile char[] logLocator;

  ErasurePattern(ReedSolomon code, BitSet present) {
    this.code = code;
    this.used = new int[code.originals()];
    for (int i = 0, index = -1; i < used.length; i++) {
      index = present.nextSetBit(index + 1);
      used[i] = index;
    }
    int atHand = 0;
    while (atHand < used.length && used[atHand] < code.originals()) {
      atHand++;
    }
    this.missing = new int[code.originals() - atHand];
    for (int i = 0, index = -1; i < missing.length; i++) {
      index = present.nextClearBit(index + 1);
      missing[i] = index;
    }
    this.plan =
        missing.length == 0
            ? null
            : DecodingPlan.best(
                PointBlocks.of(code, used), PointBlocks.of(code, missing), logLocator());
  }

  /**
   * Returns, by point, the logarithm of the product of the differences to all other erased points:
   * of the locator at the points of symbols at hand, of its derivative at its roots.
   */
  char[] logLocator() {
    char[] known = logLocator;
    if (known != null) {
      return known;
    }
    int[] erased = new int[code.domain()];
    // points that carry a recovery symbol or could carry one; the padding of the originals is known
    // to be zero
    int from = code.isHighRate() ? 0 : code.chunk();
    int to = code.isHighRate() ? code.chunk() : erased.length;
    Arrays.fill(erased, from, to, 1);
    for (int index : missing) {
      erased[code.point(index)] = 1;
    }
    for (int index : used) {
      erased[code.point(index)] = 0;
    }
    int[] logs = WalshHadamard.logLocator(erased);
    char[] computed = new char[logs.length];
    for (int point = 0; point < computed.length; point++) {
      computed[point] = (char) logs[point];
    }
    logLocator = computed;
    return computed;
  }

  /** {@return the code the pattern was made for} */
  public ReedSolomon code() {
    return code;
  }

  /** {@return the symbols that decoding reads: k indices in 0..k+m-1, ascending} */
  public int[] used() {
    return used.clone();
  }

  /** {@return the originals that decoding restores: indices in 0..k-1, ascending} */
  public int[] missing() {
    return missing.clone();
  }

  /**
   * Writes a symbol of the codeword as a linear combination of the used ones. With g = f * L as in
   * decoding, and since the polynomial that is zero on the whole domain has the constant derivative
   * 1 (the Cantor basis sees to that), g' at an erased point e is the sum of g(x) / (x + e) over
   * the used points x.
   *
   * @param index which symbol, 0..k+m-1, not a used one
   * @return by the order of {@link #used}, the factor of each used symbol in the Cantor basis
   * @throws IndexOutOfBoundsException if there is no such symbol
   * @throws IllegalArgumentException if the symbol is a used one
   */
  public int[] coefficients(int index) {
    Objects.checkIndex(index, code.length());
    if (Arrays.binarySearch(used, index) >= 0) {
      throw new IllegalArgumentException(
          "symbol: got %s, expected one that is not at hand".formatted(index));
    }
    int erased = code.point(index);
    char[] logs = logLocator();
    int logDivisor = logs[erased];
    int[] coefficients = new int[used.length];
    for (int i = 0; i < used.length; i++) {
      int point = code.point(used[i]);
      int log = logs[point] - logDivisor - Gf16.log(point ^ erased);
      log += Gf16.GROUP_ORDER & (log >> 31);
      log += Gf16.GROUP_ORDER & (log >> 31);
      coefficients[i] = Gf16.power(log);
    }
    return coefficients;
  }

  int usedCount() {
    return used.length;
  }

  int used(int i) {
    return used[i];
  }

  int missingCount() {
    return missing.length;
  }

  int missing(int i) {
    return missing[i];
  }

  /** Returns how to decode; null if nothing is missing. */
  DecodingPlan plan() {
    return plan;
  }

  /** Returns how to decode with blocks of a given size: for tests. */
  DecodingPlan plan(int blockSize) {
    return DecodingPlan.ofSize(
        blockSize, PointBlocks.of(code, used), PointBlocks.of(code, missing), logLocator());
  }
}
