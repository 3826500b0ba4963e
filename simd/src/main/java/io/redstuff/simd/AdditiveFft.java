package io.redstuff.simd;

import io.redstuff.simd.field.FieldKernels;
import java.lang.foreign.MemorySegment;

/**
 * The additive FFT over the Cantor basis, on rows of elements that lie one after the other.
 *
 * <p>A forward transform of size N = 2^q at coset offset o evaluates, for every column of the rows,
 * the polynomial whose coefficients (in the basis of Lin, Chung and Han) are the N rows, at the
 * points {@code o, o + 1, .., o + N - 1}; the inverse interpolates. The layer with butterfly
 * distance 2^m applies to the block that starts at point r the twiddle whose Cantor coordinates are
 * {@code r >> m}: no table. Two layers are handed to the engine at a time, which halves the trips
 * through memory.
 *
 * <p>In all methods {@code first} is the offset of the first of {@code size} rows, a power of two,
 * in the engine's coordinates, and {@code coset} its point, a multiple of {@code size}. The caller
 * wants, or has, only the rows {@code [from, to)}, at least one. For one thread at a time.
 */
final class AdditiveFft {
  private final FieldKernels kernels;
  private final MemorySegment work;
  private int planeBytes;

  AdditiveFft(FieldKernels kernels, MemorySegment work, int planeBytes) {
    this.kernels = kernels;
    this.work = work;
    this.planeBytes = planeBytes;
  }

  /** Says how many elements the rows have from now on. */
  void setPlaneBytes(int planeBytes) {
    this.planeBytes = planeBytes;
  }

  /**
   * Evaluates: rows hold coefficients before and values after, garbage outside of {@code [from,
   * to)}.
   */
  void forward(long first, int size, int from, int to, int coset) {
    forwardTop(first, size, 1, from, to, coset);
  }

  /**
   * The first layers of {@link #forward}, down to the distance {@code block}, a power of two: what
   * is left to do is a transform of each block of so many rows, at the point of its first row.
   */
  void forwardTop(long first, int size, int block, int from, int to, int coset) {
    long rowBytes = 2L * planeBytes;
    int distance = size / 2;
    if (isOdd(size, block)) {
      int m = Integer.numberOfTrailingZeros(distance);
      kernels.forward(work, first, distance, planeBytes, coset >> m);
      distance /= 2;
    }
    for (; distance >= 2 * block; distance /= 4) {
      int quarter = distance / 2;
      int m = Integer.numberOfTrailingZeros(quarter);
      for (int r = from & -4 * quarter; r < to; r += 4 * quarter) {
        int point = coset + r;
        kernels.forward4(
            work,
            first + r * rowBytes,
            quarter,
            planeBytes,
            point >> (m + 1),
            point >> m,
            (point + 2 * quarter) >> m);
      }
    }
  }

  /**
   * The first layers of {@link #forward} that make one half of the values, put elsewhere, so that
   * the coefficients stay.
   *
   * @param target offset of the first of {@code size / 2} other rows, one if {@code size} is 1
   * @param coset the point of row 0 of the half, a multiple of its number of rows
   * @return the size of the blocks of rows that are left to be transformed, each by itself, at the
   *     point of its first row
   */
  int forwardHalf(long first, long target, int size, int coset) {
    if (size == 1) {
      kernels.copy(work, first, target, 1, planeBytes);
      return 1;
    }
    // the point of a half gives its twiddle: the second half's is one more
    int half = size / 2;
    int m = Integer.numberOfTrailingZeros(half);
    if (size < 8) {
      kernels.forwardHalf(work, first, target, half, planeBytes, coset >> m);
      return half;
    }
    int block = half / 4;
    kernels.forwardHalf4(
        work,
        first,
        target,
        block,
        planeBytes,
        coset >> m,
        coset >> (m - 1),
        coset >> (m - 2),
        (coset + half / 2) >> (m - 2));
    return block;
  }

  /**
   * Interpolates: rows hold values before, zero outside of {@code [from, to)}, and coefficients
   * after.
   */
  void inverse(long first, int size, int from, int to, int coset) {
    inverseTop(first, size, 1, from, to, coset);
  }

  /**
   * The last layers of {@link #inverse}, from the distance {@code block} up, a power of two: each
   * block of so many rows has been transformed, at the point of its first row.
   */
  void inverseTop(long first, int size, int block, int from, int to, int coset) {
    long rowBytes = 2L * planeBytes;
    int distance = block;
    for (; 2 * distance < size; distance *= 4) {
      int m = Integer.numberOfTrailingZeros(distance);
      for (int r = from & -4 * distance; r < to; r += 4 * distance) {
        int point = coset + r;
        kernels.inverse4(
            work,
            first + r * rowBytes,
            distance,
            planeBytes,
            point >> (m + 1),
            point >> m,
            (point + 2 * distance) >> m);
      }
    }
    if (isOdd(size, block)) {
      int m = Integer.numberOfTrailingZeros(distance);
      kernels.inverse(work, first, distance, planeBytes, coset >> m);
    }
  }

  /**
   * Whether a layer is left over when layers are taken two at a time. That is the one of the
   * largest distance: its loop is the longest, and its twiddle the one that is most likely in the
   * subfield.
   */
  private static boolean isOdd(int size, int block) {
    return Integer.numberOfTrailingZeros(size / block) % 2 != 0;
  }

  /**
   * Returns the work of {@link #forward} and {@link #inverse}: the sum over the layers of the rows
   * that they change.
   */
  static long rowsTouched(int size, int from, int to) {
    long rows = isOdd(size, 1) ? size : 0;
    for (int block = 4; block <= size; block *= 4) {
      rows += 2L * (((to + block - 1) & -block) - (from & -block));
    }
    return rows;
  }

  /**
   * Adds the formal derivative of the polynomial whose coefficients begin at one offset to the rows
   * that begin at another, the same rows or others. In the Cantor basis every factor is one: row i
   * gains each row i + 2^b of the polynomial for which bit b of i is zero.
   */
  void addDerivative(long polynomial, long target, int size) {
    long rowBytes = 2L * planeBytes;
    for (int i = 1; i < size; i++) {
      int width = Integer.lowestOneBit(i);
      kernels.add(
          work, target + (i - width) * rowBytes, polynomial + i * rowBytes, width * rowBytes);
    }
  }
}
