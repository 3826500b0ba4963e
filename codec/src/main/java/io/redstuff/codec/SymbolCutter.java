package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.SymbolCombiner;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Cuts single symbols from slivers: a copy, or one row of coefficients instead of a whole
 * transform.
 *
 * <p>Reusable: keeps its work memory in the arena it was made with. For one thread at a time.
 */
final class SymbolCutter {
  private final EncodingParameters parameters;
  private final Arena arena;
  private final SymbolCombiner combiner;
  private final Map<Axis, ErasurePattern> wholeSliver = new EnumMap<>(Axis.class);
  private MemorySegment staging = MemorySegment.NULL;
  private MemorySegment result = MemorySegment.NULL;

  SymbolCutter(EncodingParameters parameters, Engine engine, Arena arena) {
    this.parameters = parameters;
    this.arena = arena;
    this.combiner = new SymbolCombiner(engine, arena);
  }

  byte[] cut(Sliver sliver, int index) {
    Objects.checkIndex(index, parameters.shards());
    Axis axis = sliver.id().axis();
    int originals = parameters.symbolsPerSliver(axis);
    if (sliver.symbolCount() != originals) {
      throw new IllegalArgumentException(
          "%s sliver: got %d symbols, expected %d"
              .formatted(sliver.id(), sliver.symbolCount(), originals));
    }
    int size = sliver.symbolSize();
    if (index < originals) {
      return sliver.segment().asSlice((long) index * size, size).toArray(ValueLayout.JAVA_BYTE);
    }
    MemorySegment symbols = sliver.segment();
    if (!symbols.isNative()) {
      staging = NativeMemory.atLeast(staging, symbols.byteSize(), arena);
      MemorySegment.copy(symbols, 0, staging, 0, symbols.byteSize());
      symbols = staging;
    }
    result = NativeMemory.atLeast(result, size, arena);
    combiner.combine(
        wholeSliver.computeIfAbsent(axis, this::pattern),
        new int[] {index},
        SymbolRows.contiguous(symbols, 0, size),
        SymbolRows.contiguous(result, index, size),
        size,
        1);
    return result.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
  }

  /** All originals at hand and nothing else. */
  private ErasurePattern pattern(Axis axis) {
    BitSet present = new BitSet();
    present.set(0, parameters.symbolsPerSliver(axis));
    return MatrixEncoder.sliverCode(parameters, axis).erasures(present);
  }
}
