package io.redstuff.simd;

import java.lang.foreign.Arena;

/**
 * Computes the recovery symbols of codewords, many at a time, from caller memory into caller
 * memory.
 *
 * <p>Reusable; allocates no native memory after construction, and on the heap what the engine wants
 * for its first calls. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class ReedSolomonEncoder extends StripWorker {
  private final ReedSolomon code;
  private SymbolRows originals;
  private SymbolRows recovery;

  ReedSolomonEncoder(ReedSolomon code, Engine engine, Arena arena) {
    super(engine, arena, rows(code));
    this.code = code;
  }

  /** Returns the rows of coefficients, and of what some codes add to them or evaluate. */
  static int rows(ReedSolomon code) {
    int chunk = code.chunk();
    if (code.isHighRate()) {
      int more = code.originals() - chunk;
      return chunk + (more > 0 ? interpolated(chunk, Math.min(more, chunk)) : 0);
    }
    return code.recovery() > chunk ? chunk + Math.max(1, chunk / 2) : chunk;
  }

  /** {@return the code whose symbols this computes} */
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
    begin(symbolBytes, lanes);
    if (lanes == 1
        && folded.begin(symbolBytes, FoldedTransform.LONGEST_TRANSFORMED, code.chunk())) {
      encodeFolded(originals, recovery);
      return;
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

  /** Adds the interpolations of all chunks of originals, then evaluates the sum chunk by chunk. */
  private void encodeFolded(SymbolRows from, SymbolRows to) {
    int chunk = code.chunk();
    int originalCount = code.originals();
    int firstOriginal = code.point(0);
    int firstRecovery = code.point(originalCount);
    long second = folded.bytes(chunk);
    for (int done = 0; done < originalCount; done += chunk) {
      int count = Math.min(chunk, originalCount - done);
      long first = done == 0 ? 0 : second;
      folded.clear(first, chunk);
      for (int i = 0; i < count; i++) {
        folded.load(from.segment(done + i), from.offset(done + i), first, i);
      }
      folded.inverse(first, chunk, 0, count, firstOriginal + done);
      if (done > 0) {
        folded.add(0, second, chunk);
      }
    }
    for (int done = 0; done < code.recovery(); done += chunk) {
      int count = Math.min(chunk, code.recovery() - done);
      folded.copy(0, second, chunk);
      folded.forward(second, chunk, 0, count, firstRecovery + done);
      for (int i = 0; i < count; i++) {
        int index = originalCount + done + i;
        folded.store(second, i, to.segment(index), to.offset(index));
      }
    }
  }

  @Override
  void strip() {
    if (code.isHighRate()) {
      stripHighRate();
    } else {
      stripLowRate();
    }
  }

  /**
   * Interpolates the originals once, then evaluates them at the recovery points. All but the first
   * chunk of these are made half a chunk at a time: the first layers of the transform bring the
   * coefficients to where they may be changed. The first chunk comes last, since it may use up the
   * coefficients.
   */
  private void stripLowRate() {
    int chunk = code.chunk();
    long values = chunk * rowBytes;
    interpolate(0, code.originals(), 0, 0, chunk);
    int size = Math.max(1, chunk / 2);
    for (int done = chunk; done < code.recovery(); done += size) {
      int coset = done + chunk;
      int part = fft.forwardHalf(0, values, chunk, coset);
      int end = Math.min(size, code.recovery() - done);
      for (int r = 0; r < end; r += part) {
        evaluate(values + r * rowBytes, part, Math.min(part, end - r), coset + r, done + r);
      }
    }
    evaluate(0, chunk, Math.min(chunk, code.recovery()), chunk, 0);
  }

  /**
   * Adds the interpolations of all chunks of originals, then evaluates the sum at the first points.
   * Where a chunk's second half is empty, the last layer of its interpolation turns no more than
   * half a chunk of rows into the terms of the sum.
   */
  private void stripHighRate() {
    int chunk = code.chunk();
    long chunkBytes = chunk * rowBytes;
    interpolate(0, Math.min(chunk, code.originals()), chunk, 0, chunk);
    for (int done = chunk; done < code.originals(); done += chunk) {
      int rows = Math.min(chunk, code.originals() - done);
      int coset = done + chunk;
      int size = interpolated(chunk, rows);
      interpolate(done, rows, coset, chunkBytes, size);
      if (size == chunk) {
        kernels.add(work, 0, chunkBytes, chunkBytes);
      } else {
        int twiddle = coset >> Integer.numberOfTrailingZeros(size);
        kernels.addInverseOfHalf(work, chunkBytes, 0, size, planeBytes, twiddle);
      }
    }
    evaluate(0, chunk, code.recovery(), 0, 0);
  }

  /**
   * Returns the rows that the interpolation of a chunk takes when so many of its originals exist.
   */
  private static int interpolated(int chunk, int rows) {
    return rows <= chunk / 2 ? chunk / 2 : chunk;
  }

  /**
   * Loads originals {@code [from, from + rows)} to offset {@code first} and interpolates them by a
   * transform of the given size.
   */
  private void interpolate(int from, int rows, int coset, long first, int size) {
    int block = nearBlock(size);
    clear(first + rows * rowBytes, first + size * rowBytes);
    for (int r = 0; r < rows; r += block) {
      int live = Math.min(block, rows - r);
      long at = first + r * rowBytes;
      for (int i = 0; i < live; i++) {
        load(originals, from + r + i, at + i * rowBytes);
      }
      fft.inverse(at, block, 0, live, coset + r);
    }
    fft.inverseTop(first, size, block, 0, rows, coset);
  }

  /**
   * Evaluates the polynomial at offset {@code first} and stores recovery symbols {@code [to, to +
   * rows)}.
   */
  private void evaluate(long first, int size, int rows, int coset, int to) {
    int block = nearBlock(size);
    fft.forwardTop(first, size, block, 0, rows, coset);
    for (int r = 0; r < rows; r += block) {
      int wanted = Math.min(block, rows - r);
      long at = first + r * rowBytes;
      fft.forward(at, block, 0, wanted, coset + r);
      for (int i = 0; i < wanted; i++) {
        store(recovery, code.originals() + to + r + i, at + i * rowBytes);
      }
    }
  }
}
