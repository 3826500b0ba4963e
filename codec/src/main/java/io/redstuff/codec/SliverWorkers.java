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

  /** Returns one of the n symbols that a sliver expands to. */
  byte[] symbol(Sliver sliver, int index) {
    EncodingParameters parameters = codec.parameters();
    Objects.checkIndex(index, parameters.shards());
    Axis axis = sliver.id().axis();
    int symbols = parameters.symbolsPerSliver(axis);
    if (sliver.symbolCount() != symbols) {
      throw new IllegalArgumentException(
          "%s sliver: got %s symbols, expected %s"
              .formatted(sliver.id(), sliver.symbolCount(), symbols));
    }
    byte[] symbol = new byte[sliver.symbolSize()];
    cutters
        .computeIfAbsent(axis, a -> new SymbolCutter(parameters, a, codec.engine(), arena, 1))
        .cut(
            List.of(sliver.segment()),
            new int[] {index},
            symbol.length,
            new int[1],
            SymbolRows.contiguous(MemorySegment.ofArray(symbol), 0, symbol.length));
    return symbol;
  }

  @Override
  public void close() {
    codec.giveBack(this);
  }
}
