package io.redstuff;

import io.redstuff.internal.MatrixEncoder;
import io.redstuff.internal.NativeMemory;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.SymbolCombiner;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.Objects;

/**
 * Cuts one symbol from a sliver: a copy, or one row of coefficients instead of a whole transform.
 */
final class SingleSymbol {
  private SingleSymbol() {}

  static byte[] cut(EncodingParameters parameters, Engine engine, Sliver sliver, int index) {
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
    BitSet present = new BitSet();
    present.set(0, originals);
    ReedSolomon code = MatrixEncoder.sliverCode(parameters, axis);
    ErasurePattern pattern = code.erasures(present);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = NativeMemory.of(sliver.segment(), arena);
      MemorySegment symbol = arena.allocate(size);
      new SymbolCombiner(engine, arena)
          .combine(
              pattern,
              index,
              SymbolRows.contiguous(symbols, 0, size),
              SymbolRows.contiguous(symbol, index, size),
              size,
              1);
      return symbol.toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
