package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.internal.matrix.SymbolCutter;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What {@link RedStuff} needs to check, recover and cut from single slivers, with memory that the
 * garbage collector frees. Goes back to its pool when it is closed. For one thread at a time.
 */
final class SliverWorkers implements AutoCloseable {
  private final RedStuff codec;
  private final Arena arena = Arena.ofAuto();
  private final SliverRecoverer recoverer;
  private final Map<Axis, SymbolCutter> cutters = new EnumMap<>(Axis.class);

  SliverWorkers(RedStuff codec) {
    this.codec = codec;
    this.recoverer = codec.newRecoverer(arena);
  }

  SliverVerifier verifier() {
    return recoverer.verifier();
  }

  SliverRecoverer recoverer() {
    return recoverer;
  }

  /** Writes symbols that a sliver expands to, one after another. */
  void symbols(Sliver sliver, int[] indices, MemorySegment target) {
    EncodingParameters parameters = codec.parameters();
    for (int index : indices) {
      Objects.checkIndex(index, parameters.shards());
    }
    Axis axis = sliver.id().axis();
    int symbols = parameters.symbolsPerSliver(axis);
    if (sliver.symbolCount() != symbols) {
      throw new IllegalArgumentException(
          "%s sliver: got %s symbols, expected %s"
              .formatted(sliver.id(), sliver.symbolCount(), symbols));
    }
    int symbolSize = sliver.symbolSize();
    long needed = (long) indices.length * symbolSize;
    if (target.isReadOnly() || target.byteSize() < needed) {
      throw new IllegalArgumentException(
          "target: got %s bytes of %s memory, expected at least %s of writable memory"
              .formatted(
                  target.byteSize(), target.isReadOnly() ? "read-only" : "writable", needed));
    }
    cutters
        .computeIfAbsent(axis, a -> new SymbolCutter(parameters, a, codec.engine(), arena, 1))
        .cut(
            List.of(sliver.segment()),
            indices,
            symbolSize,
            new int[1],
            new SymbolRows.Grid(target, 0, 0, needed, symbolSize));
  }

  @Override
  public void close() {
    codec.giveBack(this);
  }
}
