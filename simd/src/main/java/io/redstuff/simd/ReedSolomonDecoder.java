package io.redstuff.simd;

import java.lang.foreign.Arena;

/**
 * Restores the missing original symbols of codewords, many at a time, from caller memory into
 * caller memory.
 *
 * <p>The received symbols times the error locator are values of a polynomial that is known at every
 * point (it is zero at the erased ones). Interpolated, added to its derivative and evaluated, it
 * gives at an erased point the lost symbol times the locator's derivative: the polynomial itself
 * and the product rule's other term vanish there.
 *
 * <p>Decoding cannot tell whether the received symbols were right: compare what it gives with a
 * commitment before it is called good. Reusable; allocates nothing after construction. For one
 * thread at a time.
 */
public final class ReedSolomonDecoder extends StripWorker {
  private final ReedSolomon code;
  private ErasurePattern pattern;
  private SymbolRows received;
  private SymbolRows restored;

  ReedSolomonDecoder(ReedSolomon code, Engine engine, Arena arena) {
    super(engine, arena, code.domain());
    this.code = code;
  }

  /**
   * The code whose symbols this restores.
   *
   * @return the code
   */
  public ReedSolomon code() {
    return code;
  }

  /**
   * Decodes a batch of codewords that lack the same symbols.
   *
   * @param pattern which symbols are at hand, from {@link ReedSolomon#erasures} of an equal code
   * @param received where the received symbols lie; asked for the indices {@link
   *     ErasurePattern#used}
   * @param restored where the lost originals go; asked for the indices {@link
   *     ErasurePattern#missing}. It must not overlap the received symbols
   * @param symbolBytes bytes of a symbol, positive and even
   * @param lanes number of codewords
   * @throws IllegalArgumentException if the pattern belongs to another code, {@code symbolBytes} is
   *     odd or not positive, or memory is on the heap or read-only
   * @throws IndexOutOfBoundsException if a symbol reaches outside its segment; nothing has been
   *     written then
   */
  public void decode(
      ErasurePattern pattern,
      SymbolRows received,
      SymbolRows restored,
      int symbolBytes,
      int lanes) {
    if (!pattern.code().equals(code)) {
      throw new IllegalArgumentException(
          "pattern: got one of %s, expected %s".formatted(pattern.code(), code));
    }
    checkSymbolBytes(symbolBytes);
    checkLanes(lanes);
    if (pattern.missingCount() == 0) {
      return;
    }
    for (int i = 0; i < pattern.usedCount(); i++) {
      checkRow(received, pattern.used(i), symbolBytes, lanes, false);
    }
    for (int i = 0; i < pattern.missingCount(); i++) {
      checkRow(restored, pattern.missing(i), symbolBytes, lanes, true);
    }
    this.pattern = pattern;
    this.received = received;
    this.restored = restored;
    try {
      run(symbolBytes, lanes);
    } finally {
      this.pattern = null;
      this.received = null;
      this.restored = null;
    }
  }

  @Override
  void strip(int lane, int lanes, int byteOffset, int pieceBytes) {
    int planeBytes = planeBytes(lanes, pieceBytes);
    long rowBytes = 2L * planeBytes;
    int domain = code.domain();
    clear(0, domain * rowBytes);
    int live = 1;
    for (int i = 0; i < pattern.usedCount(); i++) {
      int index = pattern.used(i);
      int point = code.point(index);
      long row = point * rowBytes;
      load(received, index, lane, lanes, byteOffset, pieceBytes, row, planeBytes);
      kernels.multiply(work, row, planeBytes, pattern.usedFactor(i));
      live = Math.max(live, point + 1);
    }
    AdditiveFft.inverse(kernels, work, 0, planeBytes, domain, live, 0);
    AdditiveFft.addDerivative(kernels, work, 0, planeBytes, domain);
    int needed = code.point(pattern.missing(pattern.missingCount() - 1)) + 1;
    AdditiveFft.forward(kernels, work, 0, planeBytes, domain, needed, 0);
    for (int i = 0; i < pattern.missingCount(); i++) {
      int index = pattern.missing(i);
      long row = code.point(index) * rowBytes;
      kernels.multiply(work, row, planeBytes, pattern.missingFactor(i));
      store(restored, index, lane, lanes, byteOffset, pieceBytes, row, planeBytes);
    }
  }
}
