package io.redstuff.simd;

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
 * <p>Stateless and thread-safe; the memory is the caller's.
 */
final class AdditiveFft {
  private AdditiveFft() {}

  /**
   * Evaluates, of which the caller wants some leading rows only.
   *
   * @param kernels the engine's arithmetic; the rows are in its coordinates
   * @param work native memory
   * @param first offset of the first row
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   * @param needed how many leading rows the caller wants, 1 to {@code size}; the others are garbage
   *     afterwards
   * @param coset the point of row 0, a multiple of {@code size}
   */
  static void forward(
      FieldKernels kernels,
      MemorySegment work,
      long first,
      int planeBytes,
      int size,
      int needed,
      int coset) {
    forward(kernels, work, first, planeBytes, size, 0, needed, coset);
  }

  /**
   * Evaluates: rows hold coefficients before and values after.
   *
   * @param kernels the engine's arithmetic; the rows are in its coordinates
   * @param work native memory
   * @param first offset of the first row
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   * @param from the first row that the caller wants
   * @param to the row behind the last one that the caller wants, above {@code from}; the rows
   *     outside are garbage afterwards
   * @param coset the point of row 0, a multiple of {@code size}
   */
  static void forward(
      FieldKernels kernels,
      MemorySegment work,
      long first,
      int planeBytes,
      int size,
      int from,
      int to,
      int coset) {
    forwardTop(kernels, work, first, planeBytes, size, 1, from, to, coset);
  }

  /**
   * The first layers of {@link #forward}, down to the distance {@code block}: what is left to do is
   * a transform of size {@code block} of each block of so many rows, at the point of its first row.
   *
   * @param kernels the engine's arithmetic; the rows are in its coordinates
   * @param work native memory
   * @param first offset of the first row
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   * @param block a power of two up to {@code size}
   * @param from the first row that the caller wants
   * @param to the row behind the last one that the caller wants, above {@code from}
   * @param coset the point of row 0, a multiple of {@code size}
   */
  static void forwardTop(
      FieldKernels kernels,
      MemorySegment work,
      long first,
      int planeBytes,
      int size,
      int block,
      int from,
      int to,
      int coset) {
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
   * @param kernels the engine's arithmetic; the rows are in its coordinates
   * @param work native memory
   * @param first offset of the first row of coefficients
   * @param target offset of the first of {@code size / 2} other rows, one if {@code size} is 1
   * @param planeBytes elements of a row
   * @param size number of rows of coefficients, a power of two
   * @param coset the point of row 0 of the half, a multiple of its number of rows
   * @return the size of the blocks of rows that are left to be transformed, each by itself, at the
   *     point of its first row
   */
  static int forwardHalf(
      FieldKernels kernels,
      MemorySegment work,
      long first,
      long target,
      int planeBytes,
      int size,
      int coset) {
    if (size == 1) {
      MemorySegment.copy(work, first, work, target, 2L * planeBytes);
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
   * Interpolates values of which only some leading rows are not zero.
   *
   * @param kernels the engine's arithmetic; the rows are in its coordinates
   * @param work native memory
   * @param first offset of the first row
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   * @param live how many leading rows may be non-zero, 1 to {@code size}; the others must be zero
   * @param coset the point of row 0, a multiple of {@code size}
   */
  static void inverse(
      FieldKernels kernels,
      MemorySegment work,
      long first,
      int planeBytes,
      int size,
      int live,
      int coset) {
    inverse(kernels, work, first, planeBytes, size, 0, live, coset);
  }

  /**
   * Interpolates: rows hold values before and coefficients after.
   *
   * @param kernels the engine's arithmetic; the rows are in its coordinates
   * @param work native memory
   * @param first offset of the first row
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   * @param from the first row that may be non-zero
   * @param to the row behind the last one that may be non-zero, above {@code from}; the rows
   *     outside must be zero
   * @param coset the point of row 0, a multiple of {@code size}
   */
  static void inverse(
      FieldKernels kernels,
      MemorySegment work,
      long first,
      int planeBytes,
      int size,
      int from,
      int to,
      int coset) {
    inverseTop(kernels, work, first, planeBytes, size, 1, from, to, coset);
  }

  /**
   * The last layers of {@link #inverse}, from the distance {@code block} up: each block of so many
   * rows has been through a transform of size {@code block}, at the point of its first row.
   *
   * @param kernels the engine's arithmetic; the rows are in its coordinates
   * @param work native memory
   * @param first offset of the first row
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   * @param block a power of two up to {@code size}
   * @param from the first row that may have been non-zero
   * @param to the row behind the last one that may have been non-zero, above {@code from}
   * @param coset the point of row 0, a multiple of {@code size}
   */
  static void inverseTop(
      FieldKernels kernels,
      MemorySegment work,
      long first,
      int planeBytes,
      int size,
      int block,
      int from,
      int to,
      int coset) {
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
   * The work of {@link #forward} and {@link #inverse}.
   *
   * @param size number of rows, a power of two
   * @param from the first row that is wanted or non-zero
   * @param to the row behind the last one, above {@code from}
   * @return the sum over the layers of the rows that they change
   */
  static long rowsTouched(int size, int from, int to) {
    long rows = isOdd(size, 1) ? size : 0;
    for (int block = 4; block <= size; block *= 4) {
      rows += 2L * (((to + block - 1) & -block) - (from & -block));
    }
    return rows;
  }

  /**
   * Adds to rows the formal derivative of a polynomial. In the Cantor basis every factor is one:
   * row i gains each row i + 2^b of the polynomial for which bit b of i is zero.
   *
   * @param kernels the engine's arithmetic
   * @param work native memory
   * @param polynomial offset of the first row of coefficients
   * @param target offset of the first row to add to, the same or without a row in common
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   */
  static void addDerivative(
      FieldKernels kernels,
      MemorySegment work,
      long polynomial,
      long target,
      int planeBytes,
      int size) {
    long rowBytes = 2L * planeBytes;
    for (int i = 1; i < size; i++) {
      int width = Integer.lowestOneBit(i);
      kernels.add(
          work, target + (i - width) * rowBytes, polynomial + i * rowBytes, width * rowBytes);
    }
  }
}
