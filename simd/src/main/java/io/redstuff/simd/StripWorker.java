package io.redstuff.simd;

import io.redstuff.simd.field.FieldKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * Cuts a batch of codewords into strips that fit the cache and runs each strip through all layers.
 *
 * <p>The transforms act on each element alone, so any cut is right. Short symbols of neighboring
 * lanes share a strip; long ones are cut at chunks of 64 bytes, where the wire layout starts anew.
 */
abstract class StripWorker {
  /** Work memory for strips of any engine that works in it. */
  private static final long STRIP_BYTES = 1280 << 10;

  /** Rows longer than this gain nothing. */
  private static final int LONGEST_PLANE = 4096;

  /** Half of a usual first-level cache. */
  private static final int NEAR_BYTES = 24 << 10;

  private static final long ALIGNMENT = 64;

  final MemorySegment work;
  private final Engine engine;
  private final int rows;
  private Supplier<FieldKernels> source;
  FieldKernels kernels;
  AdditiveFft fft;

  /** For single codewords of short symbols. */
  FoldedTransform folded;

  /** The lanes of the strip. */
  private int lane;

  private int lanes;

  /** The bytes of their symbols; the offset is a multiple of 64. */
  private int byteOffset;

  private int pieceBytes;

  /** Elements, and bytes, of a row that holds a piece of a symbol of each of these lanes. */
  int planeBytes;

  long rowBytes;

  /** Allocates the work memory of strips that take so many rows at most. */
  StripWorker(Engine engine, Arena arena, int rows) {
    this.engine = engine;
    this.rows = rows;
    this.work = arena.allocate(workBytes(rows), ALIGNMENT);
    takeUpKernels();
  }

  /** Begins a piece of work: with other kernels than the last if the engine has changed. */
  final void begin(int symbolBytes, int lanes) {
    engine.count((long) rows * symbolBytes * lanes);
    if (!engine.field().equals(source)) {
      takeUpKernels();
    }
  }

  private void takeUpKernels() {
    Supplier<FieldKernels> next = engine.field();
    kernels = next.get();
    fft = new AdditiveFft(kernels, work, 0);
    folded = new FoldedTransform(kernels, work);
    source = next; // last: had memory run out, all are made again
  }

  /** Returns the work memory of strips that take so many rows. */
  static long workBytes(int rows) {
    long longest = Math.min(STRIP_BYTES, 2L * rows * LONGEST_PLANE);
    return Math.max(longest, 2L * rows * FieldKernels.PLANE_QUANTUM) + FieldKernels.PLANE_QUANTUM;
  }

  /** Runs {@link #strip()} over all lanes and all bytes of their symbols. */
  final void run(int symbolBytes, int lanes) {
    run(rows, symbolBytes, lanes);
  }

  /** Does so with strips that take only so many rows: the fewer, the longer they can be. */
  final void run(int stripRows, int symbolBytes, int lanes) {
    long fit =
        kernels.stripBytes()
            / (2L * stripRows)
            / FieldKernels.PLANE_QUANTUM
            * FieldKernels.PLANE_QUANTUM;
    int capacity = Math.clamp(fit, FieldKernels.PLANE_QUANTUM, LONGEST_PLANE);
    if (planeBytes(1, symbolBytes) <= capacity) {
      int most = 2 * capacity / symbolBytes;
      if (planeBytes(most, symbolBytes) > capacity) {
        most--;
      }
      int step = evenShare(lanes, most);
      for (int lane = 0; lane < lanes; lane += step) {
        strip(lane, Math.min(step, lanes - lane), 0, symbolBytes);
      }
      return;
    }
    int quantum = 2 * FieldKernels.PLANE_QUANTUM;
    int quanta = (symbolBytes - 1) / quantum + 1;
    long piece = (long) quantum * evenShare(quanta, 2 * capacity / quantum);
    for (int lane = 0; lane < lanes; lane++) {
      for (long from = 0; from < symbolBytes; from += piece) {
        strip(lane, 1, (int) from, (int) Math.min(piece, symbolBytes - from));
      }
    }
  }

  /** Returns the size of the fewest parts that are at most so large, as equal as possible. */
  private static int evenShare(int whole, int most) {
    int parts = Math.max(1, (whole - 1) / most + 1);
    return (whole - 1) / parts + 1;
  }

  private void strip(int firstLane, int laneCount, int fromByte, int bytes) {
    lane = firstLane;
    lanes = laneCount;
    byteOffset = fromByte;
    pieceBytes = bytes;
    planeBytes = planeBytes(laneCount, bytes);
    rowBytes = 2L * planeBytes;
    fft.setPlaneBytes(planeBytes);
    strip();
  }

  /** Works on the strip that the fields tell of. */
  abstract void strip();

  /**
   * Returns the elements of a row that holds a piece of so many lanes. Vectors of small symbols
   * that do not fill them store some bytes too many, for which the row has room.
   */
  static int planeBytes(int lanes, int pieceBytes) {
    boolean small = lanes > 1 && pieceBytes < FieldKernels.PLANE_QUANTUM;
    int spare = small ? FieldKernels.PLANE_QUANTUM % pieceBytes / 2 : 0;
    int elements = lanes * (pieceBytes / 2) + spare;
    return (elements + FieldKernels.PLANE_QUANTUM - 1)
        / FieldKernels.PLANE_QUANTUM
        * FieldKernels.PLANE_QUANTUM;
  }

  /**
   * Returns how many of {@code size} rows to load or store together with the layers between them,
   * while they are in the first-level cache: a power of four, since the layers are taken two at a
   * time and the one left over is best the last.
   */
  final int nearBlock(int size) {
    int log = Integer.numberOfTrailingZeros(size);
    int block = 1 << (log & -2);
    while (block > 4 && block * rowBytes > NEAR_BYTES) {
      block /= 4;
    }
    return block;
  }

  /** Loads one symbol of the strip's lanes into a row and takes it to the engine's coordinates. */
  final void load(SymbolRows symbols, int index, long row) {
    long stride = symbols.laneStride();
    long offset = symbols.offset(index) + lane * stride + byteOffset;
    kernels.gather(
        symbols.segment(index), offset, stride, pieceBytes, lanes, work, row, planeBytes);
  }

  /** Stores a row of the engine's coordinates as one symbol of the strip's lanes. */
  final void store(SymbolRows symbols, int index, long row) {
    long stride = symbols.laneStride();
    long offset = symbols.offset(index) + lane * stride + byteOffset;
    kernels.scatter(
        work, row, planeBytes, symbols.segment(index), offset, stride, pieceBytes, lanes);
  }

  final void clear(long from, long to) {
    kernels.clear(work, from, (int) ((to - from) / rowBytes), planeBytes);
  }

  static void checkSymbolBytes(int symbolBytes) {
    if (symbolBytes <= 0 || symbolBytes % 2 != 0) {
      throw new IllegalArgumentException(
          "symbol size: got %s, expected a positive even number of bytes".formatted(symbolBytes));
    }
  }

  static void checkLanes(int lanes) {
    if (lanes < 0) {
      throw new IllegalArgumentException("lanes: got %s, expected 0 or more".formatted(lanes));
    }
  }

  /** Checks one symbol of every lane against its segment before any byte moves. */
  static void checkRow(SymbolRows rows, int index, int symbolBytes, int lanes, boolean written) {
    MemorySegment segment = rows.segment(index);
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          "symbol %s: got heap memory, expected native".formatted(index));
    }
    if (written && segment.isReadOnly()) {
      throw new IllegalArgumentException(
          "symbol %s: got read-only memory, expected writable".formatted(index));
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
          "symbol %s: got %s lanes of %s bytes from offset %s at stride %s, expected them within %s bytes"
              .formatted(index, lanes, symbolBytes, offset, stride, segment.byteSize()));
    }
  }
}
