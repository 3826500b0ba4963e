package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Cuts symbols from whole slivers of one axis, which are expanded a few at a time and not kept.
 *
 * <p>Reusable. For one thread at a time.
 */
public final class SymbolCutter {
  private static final int GROUP_BYTES = 1024;

  private final Arena arena;
  private final ReedSolomonEncoder encoder;
  private MemorySegment slivers = MemorySegment.NULL;
  private MemorySegment recovery = MemorySegment.NULL;

  /** Allocates what does not depend on the size of a symbol. */
  public SymbolCutter(EncodingParameters parameters, Axis axis, Engine engine, Arena arena) {
    this.arena = arena;
    this.encoder = MatrixEncoder.sliverCode(parameters, axis).newEncoder(engine, arena);
  }

  /**
   * Cuts the same symbols from each sliver.
   *
   * @param sources slivers, native or heap memory
   * @param wanted which symbols
   * @param indices for each sliver, the row of {@code target} where its symbols go, a lane each
   */
  public void cut(
      List<MemorySegment> sources, int[] wanted, int symbolSize, SymbolRows target, int[] indices) {
    int originals = encoder.code().originals();
    long sliverBytes = (long) originals * symbolSize;
    int group = Math.max(1, GROUP_BYTES / symbolSize);
    long rowBytes = (long) group * symbolSize;
    slivers = NativeMemory.atLeast(slivers, group * sliverBytes, arena);
    recovery = NativeMemory.atLeast(recovery, encoder.code().recovery() * rowBytes, arena);
    for (int first = 0; first < sources.size(); first += group) {
      int count = Math.min(group, sources.size() - first);
      for (int i = 0; i < count; i++) {
        MemorySegment.copy(sources.get(first + i), 0, slivers, i * sliverBytes, sliverBytes);
      }
      encoder.encode(
          new SymbolRows.Grid(slivers, 0, 0, symbolSize, sliverBytes),
          new SymbolRows.Grid(recovery, 0, originals, rowBytes, symbolSize),
          symbolSize,
          count);
      for (int i = 0; i < count; i++) {
        MemorySegment memory = target.segment(indices[first + i]);
        long to = target.offset(indices[first + i]);
        for (int symbol : wanted) {
          boolean original = symbol < originals;
          long at =
              original
                  ? i * sliverBytes + (long) symbol * symbolSize
                  : (symbol - originals) * rowBytes + (long) i * symbolSize;
          MemorySegment.copy(original ? slivers : recovery, at, memory, to, symbolSize);
          to += target.laneStride();
        }
      }
    }
  }
}
