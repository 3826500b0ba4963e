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
   * Evaluates: rows hold coefficients before and values after.
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
    long rowBytes = 2L * planeBytes;
    int distance = size / 2;
    for (; distance >= 2; distance /= 4) {
      int quarter = distance / 2;
      int m = Integer.numberOfTrailingZeros(quarter);
      for (int r = 0; r < needed; r += 4 * quarter) {
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
    if (distance == 1) {
      for (int r = 0; r < needed; r += 2) {
        kernels.forward(work, first + r * rowBytes, 1, planeBytes, coset + r);
      }
    }
  }

  /**
   * Interpolates: rows hold values before and coefficients after.
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
    long rowBytes = 2L * planeBytes;
    int distance = 1;
    if (Integer.numberOfTrailingZeros(size) % 2 != 0) {
      for (int r = 0; r < live; r += 2) {
        kernels.inverse(work, first + r * rowBytes, 1, planeBytes, coset + r);
      }
      distance = 2;
    }
    for (; distance < size; distance *= 4) {
      int m = Integer.numberOfTrailingZeros(distance);
      for (int r = 0; r < live; r += 4 * distance) {
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
  }

  /**
   * Adds to the polynomial whose coefficients the rows are its formal derivative, in place. In the
   * Cantor basis every factor is one: row i gains each row i + 2^b for which bit b of i is zero.
   *
   * @param kernels the engine's arithmetic
   * @param work native memory
   * @param first offset of the first row
   * @param planeBytes elements of a row
   * @param size number of rows, a power of two
   */
  static void addDerivative(
      FieldKernels kernels, MemorySegment work, long first, int planeBytes, int size) {
    long rowBytes = 2L * planeBytes;
    for (int i = 1; i < size; i++) {
      int width = Integer.lowestOneBit(i);
      long source = first + i * rowBytes;
      kernels.add(work, source - width * rowBytes, source, width * rowBytes);
    }
  }
}
