package io.redstuff.simd.field;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic an engine does on rows of field elements.
 *
 * <p>A <em>row</em> of {@code planeBytes} elements takes {@code 2 * planeBytes} bytes of native
 * memory: first the <em>low plane</em>, the low byte of each element, then the <em>high plane</em>.
 * {@code planeBytes} is a positive multiple of {@link #PLANE_QUANTUM} (or, where rows are folded,
 * just {@link FoldedKernels#vectorBytes}); rows that are worked on together follow one another
 * without gaps; the first starts at a multiple of 64 bytes. Between {@link #enter} and {@link
 * #leave} the planes hold the engine's own coordinates, in which only this engine's methods may be
 * used: all of them are linear, so XOR keeps its meaning.
 *
 * <p>Rows are given by the offset of the first of them in {@code work}, which is native. Twiddles
 * and factors are always given in the Cantor basis of {@link Gf16}. Callers have checked the
 * bounds.
 *
 * <p>An engine may hold the rows elsewhere between {@link #enter} and {@link #leave}. So kernels
 * belong to one worker and are for one thread at a time; within a strip all rows are of one size
 * and begin at multiples of it. Once they have seen all rows of a worker they allocate nothing.
 */
public interface FieldKernels {
  /** Every plane is a multiple of this many bytes, the widest vector. */
  int PLANE_QUANTUM = 64;

  /** Returns the bytes of rows to work on together, about a second-level cache. */
  default long stripBytes() {
    return 1280 << 10;
  }

  /** Takes a row from wire coordinates (Cantor basis) to the engine's own, in place. */
  void enter(MemorySegment work, long row, int planeBytes);

  /** Takes a row from the engine's coordinates back to the Cantor basis, in place. */
  void leave(MemorySegment work, long row, int planeBytes);

  /**
   * Gathers one symbol of each of {@code count} lanes, at least one, into a row, lane after lane,
   * and takes it to the engine's own coordinates. What is left of the row is garbage.
   *
   * @param symbols native memory in wire layout
   * @param offset where the symbol of the first lane starts
   * @param stride bytes from lane to lane
   * @param symbolBytes even size of a symbol
   * @param planeBytes elements of the row, at least {@code count * symbolBytes / 2}
   */
  default void gather(
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count,
      MemorySegment work,
      long row,
      int planeBytes) {
    SymbolPlanes.gather(symbols, offset, stride, symbolBytes, count, work, row, planeBytes);
    enter(work, row, planeBytes);
  }

  /**
   * Scatters a row to one symbol of each of {@code count} lanes, undoing {@link #gather}. The row
   * is garbage afterwards; {@code work} reaches {@link #PLANE_QUANTUM} bytes beyond it.
   */
  default void scatter(
      MemorySegment work,
      long row,
      int planeBytes,
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count) {
    leave(work, row, planeBytes);
    SymbolPlanes.scatter(work, row, planeBytes, symbols, offset, stride, symbolBytes, count);
  }

  /**
   * Forward butterflies: for each of {@code rows} pairs, {@code x += twiddle * y}, then {@code y +=
   * x}, with x the rows from offset {@code x} on and y the {@code rows} rows right after them.
   */
  void forward(MemorySegment work, long x, int rows, int planeBytes, int twiddle);

  /**
   * What forward butterflies make of the first half of a block of {@code 2 * rows} rows, {@code x +
   * twiddle * y}, put to other rows. With {@code twiddle + 1} it is what they make of the second
   * half.
   */
  default void forwardHalf(
      MemorySegment work, long source, long target, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    copy(work, source + bytes, target, rows, planeBytes);
    for (long row = target; row < target + bytes; row += 2L * planeBytes) {
      multiply(work, row, planeBytes, twiddle);
    }
    add(work, target, source, bytes);
  }

  /**
   * Inverse butterflies, undoing {@link #forward}: {@code y += x}, then {@code x += twiddle * y}.
   */
  void inverse(MemorySegment work, long x, int rows, int planeBytes, int twiddle);

  /**
   * Adds to {@code 2 * rows} rows what inverse butterflies make of a block whose second half is
   * zero: {@code (1 + twiddle) * x} to the first half, x to the second. The {@code rows} rows of
   * the source, x, are garbage afterwards.
   */
  default void addInverseOfHalf(
      MemorySegment work, long source, long sum, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    add(work, sum + bytes, source, bytes);
    for (long row = source; row < source + bytes; row += 2L * planeBytes) {
      multiply(work, row, planeBytes, twiddle ^ 1);
    }
    add(work, sum, source, bytes);
  }

  /**
   * Two layers of forward butterflies over a block of {@code 4 * rows} rows: first at distance
   * {@code 2 * rows} with twiddle {@code outer}, then at distance {@code rows}, the first half with
   * {@code first} and the second half with {@code second}.
   */
  default void forward4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    forward(work, x, 2 * rows, planeBytes, outer);
    forward(work, x, rows, planeBytes, first);
    forward(work, x + 4L * rows * planeBytes, rows, planeBytes, second);
  }

  /** Two layers of inverse butterflies, undoing {@link #forward4} with the same arguments. */
  default void inverse4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    inverse(work, x, rows, planeBytes, first);
    inverse(work, x + 4L * rows * planeBytes, rows, planeBytes, second);
    inverse(work, x, 2 * rows, planeBytes, outer);
  }

  /**
   * Three layers of forward butterflies over a block of {@code 8 * rows} rows, of which only the
   * first half is made, in other rows: {@link #forwardHalf} with twiddle {@code half}, then {@link
   * #forward4} of what it made.
   */
  default void forwardHalf4(
      MemorySegment work,
      long source,
      long target,
      int rows,
      int planeBytes,
      int half,
      int outer,
      int first,
      int second) {
    forwardHalf(work, source, target, 4 * rows, planeBytes, half);
    forward4(work, target, rows, planeBytes, outer, first, second);
  }

  /** Makes rows zero. */
  default void clear(MemorySegment work, long row, int rows, int planeBytes) {
    long end = row + 2L * planeBytes * rows;
    for (long at = row; at < end; at += Long.BYTES) { // a slice would be an object for each strip
      work.set(JAVA_LONG, at, 0L);
    }
  }

  /** Copies rows to others. */
  default void copy(MemorySegment work, long source, long target, int rows, int planeBytes) {
    MemorySegment.copy(work, source, work, target, 2L * planeBytes * rows);
  }

  /**
   * Adds rows of as many bytes, which are of the size of those of the call before, to others that
   * they do not overlap: {@code target ^= source}.
   */
  void add(MemorySegment work, long target, long source, long bytes);

  /** Multiplies a row by a constant, in place. */
  void multiply(MemorySegment work, long row, int planeBytes, int factor);

  /** Adds a multiple of rows to as many other rows: {@code target += factor * source}. */
  void addMultiple(
      MemorySegment work, long target, long source, int rows, int planeBytes, int factor);
}
