package io.redstuff.simd;

import io.redstuff.simd.field.Gf16;
import java.lang.foreign.Arena;

/**
 * Restores the missing original symbols of codewords, many at a time, from caller memory into
 * caller memory.
 *
 * <p>The received symbols times the error locator are values of a polynomial that is known at every
 * point (it is zero at the erased ones). Its derivative has at an erased point the lost symbol
 * times the locator's derivative as its value: the product rule's other term vanishes there. Which
 * transforms give the derivative with the least work is for {@link DecodingPlan} to say.
 *
 * <p>Decoding cannot tell whether the received symbols were right: compare what it gives with a
 * commitment before it is called good. Reusable; allocates no native memory after construction, and
 * on the heap what the engine wants for its first calls. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class ReedSolomonDecoder extends StripWorker {
  /** Every plan makes do with twice the rows that the points of the code have. */
  private static final int MEMORY_FACTOR = 2;

  private final ReedSolomon code;
  private DecodingPlan plan;
  private SymbolRows received;
  private SymbolRows restored;

  ReedSolomonDecoder(ReedSolomon code, Engine engine, Arena arena) {
    super(engine, arena, rows(code));
    this.code = code;
  }

  static int rows(ReedSolomon code) {
    return MEMORY_FACTOR * code.domain();
  }

  /** {@return the code whose symbols this restores} */
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
    begin(symbolBytes, lanes);
    if (lanes == 1
        && folded.begin(symbolBytes, FoldedTransform.LONGEST_MULTIPLIED, code.domain())) {
      decodeFolded(pattern, received, restored, symbolBytes);
    } else {
      decode(pattern.plan(), received, restored, symbolBytes, lanes);
    }
  }

  /** The textbook method, on all points at once: folded, they are few rows. */
  private void decodeFolded(
      ErasurePattern pattern, SymbolRows received, SymbolRows restored, int symbolBytes) {
    for (int i = 0; i < pattern.usedCount(); i++) {
      checkRow(received, pattern.used(i), symbolBytes, 1, false);
    }
    for (int i = 0; i < pattern.missingCount(); i++) {
      checkRow(restored, pattern.missing(i), symbolBytes, 1, true);
    }
    char[] logLocator = pattern.logLocator();
    int size = code.domain();
    long derivative = folded.bytes(size);
    folded.clear(0, size);
    int from = size;
    int to = 0;
    for (int i = 0; i < pattern.usedCount(); i++) {
      int index = pattern.used(i);
      int point = code.point(index);
      int log = logLocator[point];
      folded.loadTimesPower(received.segment(index), received.offset(index), 0, point, log);
      from = Math.min(from, point);
      to = Math.max(to, point + 1);
    }
    folded.inverse(0, size, from, to, 0);
    folded.copy(0, derivative, size);
    folded.addDerivative(0, derivative, size);
    int firstWanted = code.point(pattern.missing(0));
    int lastWanted = code.point(pattern.missing(pattern.missingCount() - 1));
    folded.forward(derivative, size, firstWanted, lastWanted + 1, 0);
    for (int i = 0; i < pattern.missingCount(); i++) {
      int index = pattern.missing(i);
      int point = code.point(index);
      int log = Gf16.GROUP_ORDER - logLocator[point];
      folded.storeTimesPower(
          derivative, point, restored.segment(index), restored.offset(index), log);
    }
  }

  /** Decodes by a plan of this code. */
  void decode(
      DecodingPlan plan, SymbolRows received, SymbolRows restored, int symbolBytes, int lanes) {
    PointBlocks live = plan.live();
    for (int i = 0; i < live.start(live.count()); i++) {
      checkRow(received, live.symbol(i), symbolBytes, lanes, false);
    }
    PointBlocks wanted = plan.wanted();
    for (int i = 0; i < wanted.start(wanted.count()); i++) {
      checkRow(restored, wanted.symbol(i), symbolBytes, lanes, true);
    }
    this.plan = plan;
    this.received = received;
    this.restored = restored;
    try {
      run(plan.blocksOfMemory() * plan.live().size(), symbolBytes, lanes);
    } finally {
      this.plan = null;
      this.received = null;
      this.restored = null;
    }
  }

  /** Adds up the sums of all wanted blocks, term by term, then evaluates them. */
  @Override
  void strip() {
    PointBlocks live = plan.live();
    PointBlocks wanted = plan.wanted();
    long blockBytes = rowBytes * live.size();
    long term = wanted.count() * blockBytes;
    int start = plan.startingTerm();
    clear(start < 0 ? 0 : blockBytes, term);
    if (start >= 0) {
      interpolate(start, 0);
      addTerm(start, 0, 1);
    }
    for (int block = 0; block < live.count(); block++) {
      if (block != start) {
        interpolate(block, term);
        addTerm(block, term, 0);
      }
    }
    for (int block = 0; block < wanted.count(); block++) {
      evaluate(block, block * blockBytes);
    }
  }

  /**
   * Adds what the polynomial of a live block, at offset {@code term}, contributes to the sums of
   * the wanted blocks from {@code from} on.
   */
  private void addTerm(int block, long term, int from) {
    int size = plan.wanted().size();
    for (int w = from; w < plan.wanted().count(); w++) {
      long sum = rowBytes * size * w;
      int factor = plan.termFactor(block, w);
      if (factor == 0) {
        fft.addDerivative(term, sum, size);
      } else {
        kernels.addMultiple(work, sum, term, size, planeBytes, factor);
      }
    }
  }

  /**
   * Loads the received symbols of a block to offset {@code first}, times their factors, and
   * interpolates them; the layers between rows that are near one another while these are loaded.
   */
  private void interpolate(int block, long first) {
    PointBlocks live = plan.live();
    int size = live.size();
    int coset = plan.liveCoset(block);
    int near = nearBlock(size);
    int i = live.start(block);
    for (int r = 0; r < size; r += near) {
      int from = -1;
      int to = r;
      for (; i < live.start(block + 1) && live.row(i) < r + near; i++) {
        int at = live.row(i);
        long row = first + at * rowBytes;
        clear(first + to * rowBytes, row);
        load(received, live.symbol(i), row);
        if (plan.loadFactor(i) != 1) {
          kernels.multiply(work, row, planeBytes, plan.loadFactor(i));
        }
        from = from < 0 ? at - r : from;
        to = at + 1;
      }
      clear(first + to * rowBytes, first + (r + near) * rowBytes);
      if (from >= 0) {
        fft.inverse(first + r * rowBytes, near, from, to - r, coset + r);
      }
    }
    fft.inverseTop(first, size, near, live.from(block), live.to(block), coset);
  }

  /** Evaluates the rows from offset {@code first} on at a block and stores what was lost there. */
  private void evaluate(int block, long first) {
    PointBlocks wanted = plan.wanted();
    int size = wanted.size();
    int near = nearBlock(size);
    int coset = plan.wantedCoset(block);
    fft.forwardTop(first, size, near, wanted.from(block), wanted.to(block), coset);
    int end = wanted.start(block + 1);
    for (int i = wanted.start(block); i < end; ) {
      int r = wanted.row(i) & -near;
      int next = i + 1;
      while (next < end && wanted.row(next) < r + near) {
        next++;
      }
      int to = wanted.row(next - 1) + 1 - r;
      fft.forward(first + r * rowBytes, near, wanted.row(i) - r, to, coset + r);
      for (; i < next; i++) {
        long row = first + wanted.row(i) * rowBytes;
        if (plan.storeFactor(i) != 1) {
          kernels.multiply(work, row, planeBytes, plan.storeFactor(i));
        }
        store(restored, wanted.symbol(i), row);
      }
    }
  }
}
