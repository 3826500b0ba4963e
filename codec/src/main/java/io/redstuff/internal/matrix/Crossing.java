package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * Which slivers of an axis are read to restore slivers of the other, and where the symbols lie that
 * are read and those that are restored, if they lie together.
 *
 * <p>A restored sliver is a lane, a codeword: its symbol i lies on sliver i of the axis that is
 * read. A lane takes the places of its source symbols, which in the end are all there, and after
 * them those of what other symbols were read. Immutable.
 */
public final class Crossing {
  /** Reads bytes of a sliver to native memory. */
  @FunctionalInterface
  public interface Reader {
    /** Fills {@code target} with symbols of a sliver, from byte {@code offset} of them on. */
    void read(SliverId sliver, long offset, MemorySegment target) throws IOException;
  }

  private final Axis axis;
  private final ErasurePattern pattern;
  private final int[] used;
  private final int[] missing;

  /** By index, the place of a symbol in its lane. */
  private final int[] places;

  private Crossing(Axis axis, ErasurePattern pattern) {
    this.axis = axis;
    this.pattern = pattern;
    this.used = pattern.used();
    this.missing = pattern.missing();
    ReedSolomon code = pattern.code();
    this.places = new int[code.length()];
    Arrays.setAll(places, index -> index);
    int next = code.originals();
    for (int index : used) {
      if (index >= code.originals()) {
        places[index] = next++;
      }
    }
  }

  /** Returns one from the first of the usable slivers of an axis, of which there are enough. */
  public static Crossing of(EncodingParameters parameters, Axis axis, BitSet usable) {
    return new Crossing(axis, code(parameters, axis).erasures(usable));
  }

  /** Returns the code across slivers of an axis. */
  static ReedSolomon code(EncodingParameters parameters, Axis axis) {
    return MatrixEncoder.sliverCode(parameters, axis.opposite());
  }

  /** Returns the axis of the slivers that are read. */
  public Axis axis() {
    return axis;
  }

  /** Indices of the slivers that are read, ascending. */
  public int[] used() {
    return used.clone();
  }

  /** Returns how many source symbols of a lane have to be restored. */
  public int missing() {
    return missing.length;
  }

  ErasurePattern pattern() {
    return pattern;
  }

  /** Returns whether the same of these slivers would be read. */
  public boolean isFor(BitSet usable) {
    int index = -1;
    for (int chosen : used) {
      index = usable.nextSetBit(index + 1);
      if (index != chosen) {
        return false;
      }
    }
    return true;
  }

  /** Returns bytes of a lane with what is read beside its source symbols. */
  public long laneBytes(int symbolSize) {
    return (long) (used.length + missing.length) * symbolSize;
  }

  /** Returns a block lane by lane: what is restored of each lies in one piece. */
  public SymbolRows laneByLane(MemorySegment memory, int symbolSize) {
    return new Block(memory, places, symbolSize, laneBytes(symbolSize));
  }

  /** Returns a block symbol by symbol: what is read of a sliver lies in one piece. */
  public SymbolRows symbolBySymbol(MemorySegment memory, int symbolSize, int lanes) {
    return new Block(memory, places, (long) lanes * symbolSize, symbolSize);
  }

  /**
   * Reads the symbols of neighboring lanes.
   *
   * @param firstLane the symbol of each sliver that belongs to lane 0
   * @param block where they go
   * @param stage native memory for one symbol of all lanes, not used if it goes in one piece
   * @return how many bytes were read
   */
  public long read(
      Reader source,
      int firstLane,
      int lanes,
      int symbolSize,
      SymbolRows block,
      MemorySegment stage)
      throws IOException {
    long bytes = (long) lanes * symbolSize;
    long from = (long) firstLane * symbolSize;
    boolean inOnePiece = lanes == 1 || block.laneStride() == symbolSize;
    for (int index : used) {
      SliverId id = new SliverId(axis, index);
      MemorySegment target = block.segment(index);
      long at = block.offset(index);
      if (inOnePiece) {
        source.read(id, from, target.asSlice(at, bytes));
      } else {
        source.read(id, from, stage.asSlice(0, bytes));
        Symbols.copy(stage, 0, symbolSize, target, at, block.laneStride(), symbolSize, lanes);
      }
    }
    return used.length * bytes;
  }

  /** Brings symbols of some lanes from one place to others: those that are read. */
  void copyUsed(SymbolRows from, SymbolRows to, int bytes, int lanes) {
    copy(used, used.length, from, to, bytes, lanes);
  }

  /** Those that are read and need no restoring. */
  void copyOriginals(SymbolRows from, SymbolRows to, int bytes, int lanes) {
    copy(used, used.length - missing.length, from, to, bytes, lanes);
  }

  /** Those that were restored. */
  void copyMissing(SymbolRows from, SymbolRows to, int bytes, int lanes) {
    copy(missing, missing.length, from, to, bytes, lanes);
  }

  private static void copy(
      int[] indices, int count, SymbolRows from, SymbolRows to, int bytes, int lanes) {
    for (int i = 0; i < count; i++) {
      int index = indices[i];
      Symbols.copy(
          from.segment(index),
          from.offset(index),
          from.laneStride(),
          to.segment(index),
          to.offset(index),
          to.laneStride(),
          bytes,
          lanes);
    }
  }

  /**
   * Returns whether all memory of the symbols that are read, and of the source symbols, is such.
   */
  boolean allMatch(SymbolRows received, SymbolRows restored, Predicate<MemorySegment> such) {
    boolean all = true;
    for (int index : used) {
      all &= such.test(received.segment(index));
    }
    for (int index = 0; index < used.length; index++) {
      all &= such.test(restored.segment(index));
    }
    return all;
  }

  /** Where symbols of lanes lie that are read and restored in one memory. */
  private static final class Block implements SymbolRows {
    private final MemorySegment memory;
    private final int[] places;
    private final long symbolStride;
    private final long laneStride;

    Block(MemorySegment memory, int[] places, long symbolStride, long laneStride) {
      this.memory = memory;
      this.places = places;
      this.symbolStride = symbolStride;
      this.laneStride = laneStride;
    }

    @Override
    public MemorySegment segment(int index) {
      return memory;
    }

    @Override
    public long offset(int index) {
      return places[index] * symbolStride;
    }

    @Override
    public long laneStride() {
      return laneStride;
    }
  }
}
