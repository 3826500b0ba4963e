package io.redstuff.simd.field;

/**
 * The loops of {@link PlainFieldKernels} over bit planes. In each of them all arrays have one
 * index: so C2 knows that two of them are the same or have nothing in common, and makes vectors.
 */
final class PlainBits {
  private PlainBits() {}

  /** Adds to {@code out} those of eight planes that have their bit in {@code which}. */
  static void add(long[] out, long[][] planes, int which, int from, int to) {
    int left = which;
    while (Integer.bitCount(left) > 4) {
      long[] a = planes[Integer.numberOfTrailingZeros(left)];
      left &= left - 1;
      long[] b = planes[Integer.numberOfTrailingZeros(left)];
      left &= left - 1;
      long[] c = planes[Integer.numberOfTrailingZeros(left)];
      left &= left - 1;
      long[] d = planes[Integer.numberOfTrailingZeros(left)];
      left &= left - 1;
      add(out, a, b, c, d, from, to);
    }
    if (left == 0) {
      return;
    }
    long[] a = planes[Integer.numberOfTrailingZeros(left)];
    left &= left - 1;
    if (left == 0) {
      add(out, a, from, to);
      return;
    }
    long[] b = planes[Integer.numberOfTrailingZeros(left)];
    left &= left - 1;
    if (left == 0) {
      add(out, a, b, from, to);
      return;
    }
    long[] c = planes[Integer.numberOfTrailingZeros(left)];
    left &= left - 1;
    if (left == 0) {
      add(out, a, b, c, from, to);
    } else {
      add(out, a, b, c, planes[Integer.numberOfTrailingZeros(left)], from, to);
    }
  }

  private static void add(long[] out, long[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] ^= a[i];
    }
  }

  private static void add(long[] out, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] ^= a[i] ^ b[i];
    }
  }

  private static void add(long[] out, long[] a, long[] b, long[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] ^= a[i] ^ b[i] ^ c[i];
    }
  }

  private static void add(long[] out, long[] a, long[] b, long[] c, long[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i];
    }
  }

  /** Adds eight planes to eight others. */
  static void addAll(long[][] target, long[][] source, int words) {
    for (int j = 0; j < 8; j += 4) {
      addFour(
          target[j],
          target[j + 1],
          target[j + 2],
          target[j + 3],
          source[j],
          source[j + 1],
          source[j + 2],
          source[j + 3],
          words);
    }
  }

  private static void addFour(
      long[] x0,
      long[] x1,
      long[] x2,
      long[] x3,
      long[] y0,
      long[] y1,
      long[] y2,
      long[] y3,
      int words) {
    for (int i = 0; i < words; i++) {
      x0[i] ^= y0[i];
      x1[i] ^= y1[i];
      x2[i] ^= y2[i];
      x3[i] ^= y3[i];
    }
  }

  /**
   * Takes eight arrays of bytes apart: bit j of all bytes goes to array j. Which bit of it a byte
   * has does not matter, as long as {@link #join} knows.
   */
  static void split(long[][] planes, int words) {
    for (long[] plane : planes) {
      transpose(plane, words);
    }
    exchangeBytes(planes, words);
  }

  /** Undoes {@link #split}. */
  static void join(long[][] planes, int words) {
    exchangeBytes(planes, words);
    for (long[] plane : planes) {
      transpose(plane, words);
    }
  }

  /** Byte j of array k goes to byte k of array j. */
  private static void exchangeBytes(long[][] planes, int words) {
    for (int k = 0; k < 8; k++) {
      if ((k & 4) == 0) {
        exchange(planes[k], planes[k + 4], 32, 0x00000000FFFFFFFFL, words);
      }
    }
    for (int k = 0; k < 8; k++) {
      if ((k & 2) == 0) {
        exchange(planes[k], planes[k + 2], 16, 0x0000FFFF0000FFFFL, words);
      }
    }
    for (int k = 0; k < 8; k += 2) {
      exchange(planes[k], planes[k + 1], 8, 0x00FF00FF00FF00FFL, words);
    }
  }

  /** Exchanges the upper half of every piece of the first with the lower half of the second's. */
  private static void exchange(long[] first, long[] second, int shift, long mask, int words) {
    for (int i = 0; i < words; i++) {
      long difference = ((first[i] >>> shift) ^ second[i]) & mask;
      first[i] ^= difference << shift;
      second[i] ^= difference;
    }
  }

  /** Bit j of byte k of every word goes to bit k of byte j. */
  private static void transpose(long[] plane, int words) {
    for (int i = 0; i < words; i++) {
      long x = plane[i];
      long t = (x ^ x >>> 7) & 0x00AA00AA00AA00AAL;
      x ^= t ^ t << 7;
      t = (x ^ x >>> 14) & 0x0000CCCC0000CCCCL;
      x ^= t ^ t << 14;
      t = (x ^ x >>> 28) & 0x00000000F0F0F0F0L;
      plane[i] = x ^ t ^ t << 28;
    }
  }
}
