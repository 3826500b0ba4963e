package io.redstuff.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Computes the recovery symbols of codewords, many at a time, from caller memory into caller
 * memory.
 *
 * <p>Reusable; allocates nothing after construction. For one thread at a time.
 */
public final class ReedSolomonEncoder extends StripWorker {
  private final ReedSolomon code;
  private SymbolRows originals;
  private SymbolRows recovery;

  ReedSolomonEncoder(ReedSolomon code, Engine engine, Arena arena) {
    super(engine, arena, 2 * code.chunk());
    this.code = code;
  }

  /**
   * The code whose symbols this computes.
   *
   * @return the code
   */
  public ReedSolomon code() {
    return code;
  }

  /**
   * Encodes a batch of codewords.
   *
   * @param originals where the original symbols lie; asked for the indices 0..k-1
   * @param recovery where the recovery symbols go; asked for the indices k..k+m-1. It must not
   *     overlap the originals
   * @param symbolBytes bytes of a symbol, positive and even
   * @param lanes number of codewords
   * @throws IllegalArgumentException if {@code symbolBytes} is odd or not positive, or memory is on
   *     the heap or read-only
   * @throws IndexOutOfBoundsException if a symbol reaches outside its segment; nothing has been
   *     written then
   */
  public void encode(SymbolRows originals, SymbolRows recovery, int symbolBytes, int lanes) {
    checkSymbolBytes(symbolBytes);
    checkLanes(lanes);
    for (int index = 0; index < code.originals(); index++) {
      checkRow(originals, index, symbolBytes, lanes, false);
    }
    for (int index = code.originals(); index < code.length(); index++) {
      checkRow(recovery, index, symbolBytes, lanes, true);
    }
    this.originals = originals;
    this.recovery = recovery;
    try {
      run(symbolBytes, lanes);
    } finally {
      this.originals = null;
      this.recovery = null;
    }
  }

  @Override
  void strip(int lane, int lanes, int byteOffset, int pieceBytes) {
    if (code.isHighRate()) {
      stripHighRate(lane, lanes, byteOffset, pieceBytes);
    } else {
      stripLowRate(lane, lanes, byteOffset, pieceBytes);
    }
  }

  /** Interpolates the originals once, then evaluates them at each chunk of recovery points. */
  private void stripLowRate(int lane, int lanes, int byteOffset, int pieceBytes) {
    int planeBytes = planeBytes(lanes, pieceBytes);
    long rowBytes = 2L * planeBytes;
    int chunk = code.chunk();
    long chunkBytes = chunk * rowBytes;
    interpolate(0, code.originals(), 0, 0, lane, lanes, byteOffset, pieceBytes);
    for (int done = 0; done < code.recovery(); done += chunk) {
      int rows = Math.min(chunk, code.recovery() - done);
      MemorySegment.copy(work, 0, work, chunkBytes, chunkBytes);
      AdditiveFft.forward(kernels, work, chunkBytes, planeBytes, chunk, rows, done + chunk);
      for (int i = 0; i < rows; i++) {
        int index = code.originals() + done + i;
        long row = chunkBytes + i * rowBytes;
        store(recovery, index, lane, lanes, byteOffset, pieceBytes, row, planeBytes);
      }
    }
  }

  /**
   * Adds the interpolations of all chunks of originals, then evaluates the sum at the first points.
   */
  private void stripHighRate(int lane, int lanes, int byteOffset, int pieceBytes) {
    int planeBytes = planeBytes(lanes, pieceBytes);
    long rowBytes = 2L * planeBytes;
    int chunk = code.chunk();
    long chunkBytes = chunk * rowBytes;
    for (int done = 0; done < code.originals(); done += chunk) {
      int rows = Math.min(chunk, code.originals() - done);
      long first = done == 0 ? 0 : chunkBytes;
      interpolate(done, rows, done + chunk, first, lane, lanes, byteOffset, pieceBytes);
      if (done > 0) {
        kernels.add(work, 0, chunkBytes, chunkBytes);
      }
    }
    AdditiveFft.forward(kernels, work, 0, planeBytes, chunk, code.recovery(), 0);
    for (int i = 0; i < code.recovery(); i++) {
      int index = code.originals() + i;
      store(recovery, index, lane, lanes, byteOffset, pieceBytes, i * rowBytes, planeBytes);
    }
  }

  /** Loads originals {@code [from, from + rows)} to offset {@code first} and interpolates them. */
  private void interpolate(
      int from,
      int rows,
      int coset,
      long first,
      int lane,
      int lanes,
      int byteOffset,
      int pieceBytes) {
    int planeBytes = planeBytes(lanes, pieceBytes);
    long rowBytes = 2L * planeBytes;
    for (int i = 0; i < rows; i++) {
      long row = first + i * rowBytes;
      load(originals, from + i, lane, lanes, byteOffset, pieceBytes, row, planeBytes);
    }
    clear(first + rows * rowBytes, first + code.chunk() * rowBytes);
    AdditiveFft.inverse(kernels, work, first, planeBytes, code.chunk(), rows, coset);
  }
}
