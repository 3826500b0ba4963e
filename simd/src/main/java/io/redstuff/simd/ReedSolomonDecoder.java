package io.redstuff.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

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
 * commitment before it is called good. Reusable; allocates nothing after construction. For one
 * thread at a time.
 */
public final class ReedSolomonDecoder extends StripWorker {
  /** Every plan makes do with twice the rows that the points of the code have. */
  private static final int MEMORY_FACTOR = 2;

  private final ReedSolomon code;
  private DecodingPlan plan;
  private SymbolRows received;
  private SymbolRows restored;

  ReedSolomonDecoder(ReedSolomon code, Engine engine, Arena arena) {
    super(engine, arena, MEMORY_FACTOR * code.domain());
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
    decode(pattern.plan(), received, restored, symbolBytes, lanes);
  }

  /** Likewise by a plan of this code. */
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

  @Override
  void strip(int lane, int lanes, int byteOffset, int pieceBytes) {
    int planeBytes = planeBytes(lanes, pieceBytes);
    if (plan.wanted().count() == 1) {
      stripOneWanted(lane, lanes, byteOffset, pieceBytes, planeBytes);
    } else {
      stripManyWanted(lane, lanes, byteOffset, pieceBytes, planeBytes);
    }
  }

  /** Adds up the terms as they come: all but the derivative have their final factor already. */
  private void stripOneWanted(int lane, int lanes, int byteOffset, int pieceBytes, int planeBytes) {
    PointBlocks live = plan.live();
    long blockBytes = 2L * planeBytes * live.size();
    int own = live.find(plan.wanted().number(0));
    int sum = Math.max(own, 0);
    interpolate(sum, 0, lane, lanes, byteOffset, pieceBytes, planeBytes);
    if (own >= 0) {
      AdditiveFft.addDerivative(kernels, work, 0, 0, planeBytes, live.size());
    }
    for (int block = 0; block < live.count(); block++) {
      if (block != sum) {
        interpolate(block, blockBytes, lane, lanes, byteOffset, pieceBytes, planeBytes);
        kernels.add(work, 0, blockBytes, blockBytes);
      }
    }
    evaluate(0, 0, lane, lanes, byteOffset, pieceBytes, planeBytes);
  }

  /**
   * Keeps all terms until the last wanted block, which is summed up in the place of one of them.
   */
  private void stripManyWanted(
      int lane, int lanes, int byteOffset, int pieceBytes, int planeBytes) {
    PointBlocks live = plan.live();
    PointBlocks wanted = plan.wanted();
    long blockBytes = 2L * planeBytes * live.size();
    for (int block = 0; block < live.count(); block++) {
      interpolate(block, block * blockBytes, lane, lanes, byteOffset, pieceBytes, planeBytes);
    }
    for (int block = 0; block < wanted.count(); block++) {
      if (block > 0) {
        rescale(block, planeBytes);
      }
      int own = live.find(wanted.number(block));
      int first = Math.max(own, 0);
      long source = first * blockBytes;
      long sum = source;
      if (block < wanted.count() - 1) {
        sum = live.count() * blockBytes;
        MemorySegment.copy(work, source, work, sum, blockBytes);
      }
      if (own >= 0) {
        AdditiveFft.addDerivative(kernels, work, source, sum, planeBytes, live.size());
      }
      for (int term = 0; term < live.count(); term++) {
        if (term != first) {
          kernels.add(work, sum, term * blockBytes, blockBytes);
        }
      }
      evaluate(block, sum, lane, lanes, byteOffset, pieceBytes, planeBytes);
    }
  }

  /** Gives all terms the factors they have for a wanted block instead of the one before it. */
  private void rescale(int wantedBlock, int planeBytes) {
    PointBlocks live = plan.live();
    long row = 0;
    for (int block = 0; block < live.count(); block++) {
      int factor = plan.rescale(block, wantedBlock);
      for (int i = 0; i < live.size(); i++) {
        kernels.multiply(work, row, planeBytes, factor);
        row += 2L * planeBytes;
      }
    }
  }

  /** Loads the received symbols of a block to offset {@code first} and interpolates them. */
  private void interpolate(
      int block, long first, int lane, int lanes, int byteOffset, int pieceBytes, int planeBytes) {
    PointBlocks live = plan.live();
    long rowBytes = 2L * planeBytes;
    int next = 0;
    for (int i = live.start(block); i < live.start(block + 1); i++) {
      int at = live.row(i);
      long row = first + at * rowBytes;
      clear(first + next * rowBytes, row);
      load(received, live.symbol(i), lane, lanes, byteOffset, pieceBytes, row, planeBytes);
      kernels.multiply(work, row, planeBytes, plan.loadFactor(i));
      next = at + 1;
    }
    clear(first + next * rowBytes, first + live.size() * rowBytes);
    AdditiveFft.inverse(
        kernels,
        work,
        first,
        planeBytes,
        live.size(),
        live.from(block),
        live.to(block),
        live.number(block) * live.size());
  }

  /** Evaluates the rows from offset {@code first} on at a block and stores what was lost there. */
  private void evaluate(
      int block, long first, int lane, int lanes, int byteOffset, int pieceBytes, int planeBytes) {
    PointBlocks wanted = plan.wanted();
    AdditiveFft.forward(
        kernels,
        work,
        first,
        planeBytes,
        wanted.size(),
        wanted.from(block),
        wanted.to(block),
        wanted.number(block) * wanted.size());
    for (int i = wanted.start(block); i < wanted.start(block + 1); i++) {
      long row = first + wanted.row(i) * 2L * planeBytes;
      kernels.multiply(work, row, planeBytes, plan.storeFactor(i));
      store(restored, wanted.symbol(i), lane, lanes, byteOffset, pieceBytes, row, planeBytes);
    }
  }
}
