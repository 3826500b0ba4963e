package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.internal.matrix.Symbols;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonDecoder;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * Restores slivers of one axis from the symbols where slivers of the other axis cross them. It only
 * computes: whether the symbols were right is for the caller to check.
 *
 * <p>Any number of neighboring slivers is restored together, each a lane. A lane takes the places
 * of its source symbols, which in the end are all there, and behind these the places of what other
 * symbols were read.
 */
final class CrossingSymbols {
  /** Where the wire layout of symbols starts anew. */
  private static final int CHUNK = 64;

  /** Tasks for each worker, so that none waits long for the last. */
  private static final int TASKS_PER_WORKER = 4;

  private final Axis axis;
  private final int symbolSize;
  private final ErasurePattern pattern;
  private final int[] used;
  private final int missing;

  /** By index, the place of a symbol in its lane. */
  private final int[] places;

  /**
   * Chooses what to read.
   *
   * @param parameters the shape of the matrix
   * @param axis of the slivers that are read from
   * @param usable indices of those slivers, at least as many as the axis needs
   * @param symbolSize bytes of a symbol
   */
  CrossingSymbols(EncodingParameters parameters, Axis axis, BitSet usable, int symbolSize) {
    ReedSolomon code = code(parameters, axis);
    this.axis = axis;
    this.symbolSize = symbolSize;
    this.pattern = code.erasures(usable);
    this.used = pattern.used();
    this.missing = pattern.missing().length;
    this.places = new int[code.length()];
    int next = code.originals();
    for (int index = 0; index < places.length; index++) {
      places[index] = index;
    }
    for (int index : used) {
      if (index >= code.originals()) {
        places[index] = next++;
      }
    }
  }

  private static ReedSolomon code(EncodingParameters parameters, Axis axis) {
    return MatrixEncoder.sliverCode(parameters, axis.opposite());
  }

  /** Bytes of native memory that each of {@link #decoders} takes. */
  static long decoderBytes(EncodingParameters parameters, Axis axis) {
    return code(parameters, axis).decoderBytes();
  }

  /** Workers to restore with; none if nothing is missing. */
  ReedSolomonDecoder[] decoders(int workers, Engine engine, Arena arena) {
    ReedSolomonDecoder[] decoders = new ReedSolomonDecoder[missing == 0 ? 0 : workers];
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = pattern.code().newDecoder(engine, arena);
    }
    return decoders;
  }

  /** Of the slivers that are read from. */
  Axis axis() {
    return axis;
  }

  /** Indices of the slivers that are read, ascending. */
  int[] used() {
    return used.clone();
  }

  /** Whether it would choose the same symbols from these slivers. */
  boolean isFor(BitSet usable) {
    int index = -1;
    for (int chosen : used) {
      index = usable.nextSetBit(index + 1);
      if (index != chosen) {
        return false;
      }
    }
    return true;
  }

  /** How many source symbols of a lane have to be restored. */
  int missing() {
    return missing;
  }

  /** Bytes of a lane with what is read beside its source symbols. */
  long laneBytes() {
    return (long) (used.length + missing) * symbolSize;
  }

  /** Lanes one after another: what is restored of each lies in one piece. */
  Block laneByLane(MemorySegment memory) {
    return new Block(memory, places, 0, symbolSize, laneBytes());
  }

  /** A symbol of all lanes, then the next: what is read of a sliver lies in one piece. */
  Block symbolBySymbol(MemorySegment memory, int lanes) {
    return new Block(memory, places, 0, (long) lanes * symbolSize, symbolSize);
  }

  /**
   * Reads the symbols of some lanes.
   *
   * @param source of slivers
   * @param firstLane the symbol of each sliver that belongs to lane 0
   * @param lanes how many
   * @param block where they go
   * @param stage native memory for one symbol of all lanes, not used if it goes in one piece
   * @return how many bytes were read
   */
  long read(SliverSource source, int firstLane, int lanes, Block block, MemorySegment stage)
      throws IOException {
    long bytes = (long) lanes * symbolSize;
    long from = (long) firstLane * symbolSize;
    boolean inOnePiece = lanes == 1 || block.laneStride == symbolSize;
    for (int index : used) {
      SliverId id = new SliverId(axis, index);
      if (inOnePiece) {
        source.read(id, from, block.memory.asSlice(block.offset(index), bytes));
      } else {
        source.read(id, from, stage.asSlice(0, bytes));
        Symbols.copy(
            stage,
            0,
            symbolSize,
            block.memory,
            block.offset(index),
            block.laneStride,
            symbolSize,
            lanes);
      }
    }
    return used.length * bytes;
  }

  /**
   * Restores the missing source symbols. Few lanes of long symbols are cut at chunks, so that there
   * is work for all.
   */
  void restore(ReedSolomonDecoder[] decoders, Block block, int lanes) {
    if (missing == 0) {
      return;
    }
    int tasks = decoders.length == 1 ? 1 : TASKS_PER_WORKER * decoders.length;
    int lanesInTask = Math.ceilDiv(lanes, tasks);
    int laneTasks = Math.ceilDiv(lanes, lanesInTask);
    int chunks = Math.ceilDiv(symbolSize, CHUNK);
    int pieceBytes = CHUNK * Math.ceilDiv(chunks, Math.ceilDiv(tasks, laneTasks));
    int pieces = Math.ceilDiv(symbolSize, pieceBytes);
    WorkCrew.run(
        decoders.length,
        laneTasks * pieces,
        (worker, task) -> {
          int lane = task / pieces * lanesInTask;
          int from = task % pieces * pieceBytes;
          Block part = block.from(lane, from);
          decoders[worker].decode(
              pattern,
              part,
              part,
              Math.min(pieceBytes, symbolSize - from),
              Math.min(lanesInTask, lanes - lane));
        });
  }

  /** Where the symbols of some lanes lie, those that are read and those that are restored. */
  static final class Block implements SymbolRows {
    private final MemorySegment memory;
    private final int[] places;
    private final long first;
    private final long symbolStride;
    private final long laneStride;

    private Block(
        MemorySegment memory, int[] places, long first, long symbolStride, long laneStride) {
      this.memory = memory;
      this.places = places;
      this.first = first;
      this.symbolStride = symbolStride;
      this.laneStride = laneStride;
    }

    /** The same from a lane and a byte of all symbols on. */
    private Block from(int lane, int symbolByte) {
      long at = first + lane * laneStride + symbolByte;
      return new Block(memory, places, at, symbolStride, laneStride);
    }

    @Override
    public MemorySegment segment(int index) {
      return memory;
    }

    @Override
    public long offset(int index) {
      return first + places[index] * symbolStride;
    }

    @Override
    public long laneStride() {
      return laneStride;
    }
  }
}
