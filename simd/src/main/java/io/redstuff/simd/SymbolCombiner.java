package io.redstuff.simd;

import java.lang.foreign.Arena;

/**
 * Computes single symbols of codewords as linear combinations of others: for a symbol or two this
 * costs less than a whole transform.
 *
 * <p>Reusable; allocates nothing after construction. For one thread at a time.
 */
public final class SymbolCombiner extends StripWorker {
  /** Rows of a strip: the sum, and the symbol a multiple of which is being added to it. */
  private static final int ROWS = 2;

  /** Native memory that a combiner takes. */
  public static final long BYTES = workBytes(ROWS);

  private ErasurePattern pattern;
  private int[] coefficients;
  private SymbolRows received;
  private SymbolRows target;
  private int index;

  /**
   * A combiner.
   *
   * @param engine does the arithmetic
   * @param arena gives the memory and decides which threads may use the combiner and for how long
   */
  public SymbolCombiner(Engine engine, Arena arena) {
    super(engine, arena, ROWS);
  }

  /**
   * Computes one symbol of each codeword of a batch.
   *
   * @param pattern which symbols are at hand
   * @param index the symbol to compute, not one that the pattern uses
   * @param received where the symbols at hand lie; asked for the indices {@link
   *     ErasurePattern#used}
   * @param target where the symbol goes; asked for {@code index}. It must not overlap the received
   *     symbols
   * @param symbolBytes bytes of a symbol, positive and even
   * @param lanes number of codewords
   * @throws IllegalArgumentException if {@code symbolBytes} is odd or not positive, memory is on
   *     the heap or read-only, or the pattern uses the symbol
   * @throws IndexOutOfBoundsException if a symbol reaches outside its segment or there is no symbol
   *     of that index; nothing has been written then
   */
  public void combine(
      ErasurePattern pattern,
      int index,
      SymbolRows received,
      SymbolRows target,
      int symbolBytes,
      int lanes) {
    checkSymbolBytes(symbolBytes);
    checkLanes(lanes);
    for (int i = 0; i < pattern.usedCount(); i++) {
      checkRow(received, pattern.used(i), symbolBytes, lanes, false);
    }
    checkRow(target, index, symbolBytes, lanes, true);
    this.coefficients = pattern.coefficients(index);
    this.pattern = pattern;
    this.index = index;
    this.received = received;
    this.target = target;
    try {
      run(symbolBytes, lanes);
    } finally {
      this.pattern = null;
      this.coefficients = null;
      this.received = null;
      this.target = null;
    }
  }

  @Override
  void strip(int lane, int lanes, int byteOffset, int pieceBytes) {
    int planeBytes = planeBytes(lanes, pieceBytes);
    long rowBytes = 2L * planeBytes;
    clear(0, rowBytes);
    for (int i = 0; i < coefficients.length; i++) {
      load(received, pattern.used(i), lane, lanes, byteOffset, pieceBytes, rowBytes, planeBytes);
      kernels.addMultiple(work, 0, rowBytes, 1, planeBytes, coefficients[i]);
    }
    store(target, index, lane, lanes, byteOffset, pieceBytes, 0, planeBytes);
  }
}
