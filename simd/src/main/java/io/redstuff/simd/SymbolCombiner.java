package io.redstuff.simd;

import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Computes single symbols of codewords as linear combinations of others: for a symbol or two this
 * costs less than a whole transform.
 *
 * <p>Reusable; allocates no native memory after construction, and on the heap what the engine wants
 * for its first calls. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class SymbolCombiner extends StripWorker {
  /** Most symbols of a codeword that are computed together. */
  public static final int MOST_SYMBOLS = 16;

  /** Rows of a strip: the sums, and the symbol multiples of which are being added to them. */
  private static final int ROWS = MOST_SYMBOLS + 1;

  /** Native memory that a combiner takes. */
  public static final long BYTES = workBytes(ROWS);

  private ErasurePattern pattern;
  private int[] indices;
  private int[][] coefficients;
  private SymbolRows received;
  private SymbolRows target;

  /**
   * Makes a combiner.
   *
   * @param engine does the arithmetic
   * @param arena gives the memory and decides which threads may use the combiner and for how long
   */
  public SymbolCombiner(Engine engine, Arena arena) {
    super(engine, arena, ROWS);
  }

  /**
   * Computes some symbols of each codeword of a batch. Each of those at hand is loaded once.
   *
   * @param pattern which symbols are at hand
   * @param indices the symbols to compute, at most {@value #MOST_SYMBOLS}, none of which the
   *     pattern uses
   * @param received where the symbols at hand lie; asked for the indices {@link
   *     ErasurePattern#used}
   * @param target where the symbol goes; asked for {@code indices}. It must not overlap the
   *     received symbols
   * @param symbolBytes bytes of a symbol, positive and even
   * @param lanes number of codewords
   * @throws IllegalArgumentException if {@code symbolBytes} is odd or not positive, memory is on
   *     the heap or read-only, the pattern uses one of the symbols, or there are too many of them
   * @throws IndexOutOfBoundsException if a symbol reaches outside its segment or there is no symbol
   *     of an index; nothing has been written then
   */
  public void combine(
      ErasurePattern pattern,
      int[] indices,
      SymbolRows received,
      SymbolRows target,
      int symbolBytes,
      int lanes) {
    checkSymbolBytes(symbolBytes);
    checkLanes(lanes);
    for (int i = 0; i < pattern.usedCount(); i++) {
      checkRow(received, pattern.used(i), symbolBytes, lanes, false);
    }
    if (indices.length > MOST_SYMBOLS) {
      throw new IllegalArgumentException(
          "symbols: got %s, expected at most %s".formatted(indices.length, MOST_SYMBOLS));
    }
    for (int index : indices) {
      checkRow(target, index, symbolBytes, lanes, true);
    }
    begin(symbolBytes, lanes);
    try {
      this.pattern = pattern;
      this.indices = indices;
      this.coefficients = new int[indices.length][];
      Arrays.setAll(coefficients, i -> pattern.coefficients(indices[i]));
      this.received = received;
      this.target = target;
      run(indices.length + 1, symbolBytes, lanes);
    } finally {
      this.pattern = null;
      this.indices = null;
      this.coefficients = null;
      this.received = null;
      this.target = null;
    }
  }

  @Override
  void strip() {
    long symbol = indices.length * rowBytes;
    clear(0, symbol);
    for (int i = 0; i < pattern.usedCount(); i++) {
      load(received, pattern.used(i), symbol);
      for (int sum = 0; sum < indices.length; sum++) {
        kernels.addMultiple(work, sum * rowBytes, symbol, 1, planeBytes, coefficients[sum][i]);
      }
    }
    for (int sum = 0; sum < indices.length; sum++) {
      store(target, indices[sum], sum * rowBytes);
    }
  }
}
