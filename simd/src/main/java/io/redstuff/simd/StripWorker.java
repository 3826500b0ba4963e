package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Cuts a batch of codewords into strips that fit the cache and runs each strip through all layers.
 *
 * <p>The transforms act on each element alone, so any cut is right. Short symbols of neighboring
 * lanes share a strip; long ones are cut at chunks of 64 bytes, where the wire layout starts anew.
 */
abstract class StripWorker {
  /** Work memory aimed at: half of a usual second-level cache. */
  private static final long STRIP_BYTES = 512 << 10;

  /** Rows longer than this gain nothing. */
  private static final int LONGEST_PLANE = 4096;

  private static final long ALIGNMENT = 64;

  final FieldKernels kernels;
  final MemorySegment work;
  private final int rows;

  /**
   * Allocates the work memory.
   *
   * @param rows how many rows a strip takes at most
   */
  StripWorker(Engine engine, Arena arena, int rows) {
    this.kernels = engine.field();
    this.rows = rows;
    long longest = Math.min(STRIP_BYTES, 2L * rows * LONGEST_PLANE);
    this.work =
        arena.allocate(Math.max(longest, 2L * rows * FieldKernels.PLANE_QUANTUM), ALIGNMENT);
  }

  /** Runs {@link #strip} over all lanes and all bytes of their symbols. */
  final void run(int symbolBytes, int lanes) {
    run(rows, symbolBytes, lanes);
  }

  /** Likewise, with strips that take only so many rows: the fewer, the longer they can be. */
  final void run(int stripRows, int symbolBytes, int lanes) {
    long fit =
        STRIP_BYTES / (2L * stripRows) / FieldKernels.PLANE_QUANTUM * FieldKernels.PLANE_QUANTUM;
    int capacity = Math.clamp(fit, FieldKernels.PLANE_QUANTUM, LONGEST_PLANE);
    int elements = symbolBytes / 2;
    if (elements <= capacity) {
      int step = capacity / elements;
      for (int lane = 0; lane < lanes; lane += step) {
        strip(lane, Math.min(step, lanes - lane), 0, symbolBytes);
      }
      return;
    }
    for (int lane = 0; lane < lanes; lane++) {
      for (long from = 0; from < symbolBytes; from += 2L * capacity) {
        strip(lane, 1, (int) from, (int) Math.min(2L * capacity, symbolBytes - from));
      }
    }
  }

  /**
   * Works on bytes {@code [byteOffset, byteOffset + pieceBytes)} of the symbols of some lanes.
   *
   * @param lane the first lane
   * @param lanes how many
   * @param byteOffset a multiple of 64
   * @param pieceBytes even
   */
  abstract void strip(int lane, int lanes, int byteOffset, int pieceBytes);

  static int planeBytes(int lanes, int pieceBytes) {
    int elements = lanes * (pieceBytes / 2);
    return (elements + FieldKernels.PLANE_QUANTUM - 1)
        / FieldKernels.PLANE_QUANTUM
        * FieldKernels.PLANE_QUANTUM;
  }

  /** Loads one symbol of the strip's lanes into a row and takes it to the engine's coordinates. */
  final void load(
      SymbolRows rows,
      int index,
      int lane,
      int lanes,
      int byteOffset,
      int pieceBytes,
      long row,
      int planeBytes) {
    SymbolPlanes.gather(
        rows.segment(index),
        rows.offset(index) + lane * rows.laneStride() + byteOffset,
        rows.laneStride(),
        pieceBytes,
        lanes,
        work,
        row,
        planeBytes);
    kernels.enter(work, row, planeBytes);
  }

  /** Stores a row of the engine's coordinates as one symbol of the strip's lanes. */
  final void store(
      SymbolRows rows,
      int index,
      int lane,
      int lanes,
      int byteOffset,
      int pieceBytes,
      long row,
      int planeBytes) {
    kernels.leave(work, row, planeBytes);
    SymbolPlanes.scatter(
        work,
        row,
        planeBytes,
        rows.segment(index),
        rows.offset(index) + lane * rows.laneStride() + byteOffset,
        rows.laneStride(),
        pieceBytes,
        lanes);
  }

  final void clear(long from, long to) {
    for (long at = from; at < to; at += Long.BYTES) {
      work.set(JAVA_LONG, at, 0L);
    }
  }

  static void checkSymbolBytes(int symbolBytes) {
    if (symbolBytes <= 0 || symbolBytes % 2 != 0) {
      throw new IllegalArgumentException(
          "symbol size: got %d, expected a positive even number of bytes".formatted(symbolBytes));
    }
  }

  static void checkLanes(int lanes) {
    if (lanes < 0) {
      throw new IllegalArgumentException("lanes: got %d, expected 0 or more".formatted(lanes));
    }
  }

  /** Checks one symbol of every lane against its segment before any byte moves. */
  static void checkRow(SymbolRows rows, int index, int symbolBytes, int lanes, boolean written) {
    MemorySegment segment = rows.segment(index);
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          "symbol %d: got heap memory, expected native".formatted(index));
    }
    if (written && segment.isReadOnly()) {
      throw new IllegalArgumentException(
          "symbol %d: got read-only memory, expected writable".formatted(index));
    }
    long offset = rows.offset(index);
    long stride = rows.laneStride();
    long room = segment.byteSize() - symbolBytes;
    boolean inside = offset >= 0 && offset <= room;
    if (inside && lanes > 1) {
      inside = stride >= 0 && stride <= (room - offset) / (lanes - 1);
    }
    if (!inside) {
      throw new IndexOutOfBoundsException(
          "symbol %d: got %d lanes of %d bytes from offset %d at stride %d, expected them within %d bytes"
              .formatted(index, lanes, symbolBytes, offset, stride, segment.byteSize()));
    }
  }
}
