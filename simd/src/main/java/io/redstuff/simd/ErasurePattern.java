package io.redstuff.simd;

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
 */
public final class ErasurePattern {
  private final ReedSolomon code;

  /** Indices of the k symbols that decoding reads, ascending. */
  private final int[] used;

  /** Indices of the originals that decoding restores, ascending. */
  private final int[] missing;

  /** By the order of {@link #used}: the locator's value at the symbol's point. */
  private final int[] usedFactors;

  /** By the order of {@link #missing}: one over the locator's derivative at the symbol's point. */
  private final int[] missingFactors;

  ErasurePattern(ReedSolomon code, BitSet present) {
    this.code = code;
    this.used = present.stream().limit(code.originals()).toArray();
    BitSet absent = new BitSet(code.originals());
    absent.set(0, code.originals());
    for (int index : used) {
      absent.clear(index);
    }
    this.missing = absent.stream().filter(index -> index < code.originals()).toArray();
    this.usedFactors = new int[used.length];
    this.missingFactors = new int[missing.length];
    if (missing.length > 0) {
      fillFactors();
    }
  }

  private void fillFactors() {
    int[] logLocator = logLocator();
    for (int i = 0; i < used.length; i++) {
      usedFactors[i] = Gf16.power(logLocator[code.point(used[i])]);
    }
    for (int i = 0; i < missing.length; i++) {
      missingFactors[i] = Gf16.inverse(Gf16.power(logLocator[code.point(missing[i])]));
    }
  }

  /** By point, the logarithm of the product of the differences to all other erased points. */
  private int[] logLocator() {
    int domain = code.domain();
    int[] erased = new int[domain];
    // points that carry a recovery symbol or could carry one; the padding of the originals is known
    // to be zero
    int from = code.isHighRate() ? 0 : code.chunk();
    int to = code.isHighRate() ? code.chunk() : domain;
    for (int point = from; point < to; point++) {
      erased[point] = 1;
    }
    for (int index : missing) {
      erased[code.point(index)] = 1;
    }
    for (int index : used) {
      erased[code.point(index)] = 0;
    }
    int[] logs = new int[domain];
    for (int difference = 1; difference < domain; difference++) {
      logs[difference] = Gf16.log(difference);
    }
    return WalshHadamard.convolve(erased, logs);
  }

  /**
   * The code the pattern was made for.
   *
   * @return the code
   */
  public ReedSolomon code() {
    return code;
  }

  /**
   * The symbols that decoding reads.
   *
   * @return k indices in 0..k+m-1, ascending
   */
  public int[] used() {
    return used.clone();
  }

  /**
   * The originals that decoding restores.
   *
   * @return indices in 0..k-1, ascending; empty when all originals are present
   */
  public int[] missing() {
    return missing.clone();
  }

  /**
   * A symbol of the codeword as a linear combination of the used ones. With g = f * L as in
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
          "symbol: got %d, expected one that is not at hand".formatted(index));
    }
    int erased = code.point(index);
    int[] logLocator = logLocator();
    int divisor = Gf16.inverse(Gf16.power(logLocator[erased]));
    int[] coefficients = new int[used.length];
    for (int i = 0; i < used.length; i++) {
      int point = code.point(used[i]);
      int factor = Gf16.multiply(Gf16.power(logLocator[point]), divisor);
      coefficients[i] = Gf16.multiply(factor, Gf16.inverse(point ^ erased));
    }
    return coefficients;
  }

  int usedCount() {
    return used.length;
  }

  int used(int i) {
    return used[i];
  }

  int usedFactor(int i) {
    return usedFactors[i];
  }

  int missingCount() {
    return missing.length;
  }

  int missing(int i) {
    return missing[i];
  }

  int missingFactor(int i) {
    return missingFactors[i];
  }
}
