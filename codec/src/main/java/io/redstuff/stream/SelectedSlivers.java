package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.internal.matrix.Symbols;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Passes the slivers of some pairs on to a sink. */
final class SelectedSlivers {
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final BitSet pairs;
  private final SliverSink sink;
  private final MemorySegment sliver;

  /** Those of the wanted pairs, by index; allocates a secondary sliver if there are any. */
  SelectedSlivers(
      EncodingParameters parameters, int symbolSize, BitSet pairs, SliverSink sink, Arena arena) {
    this.parameters = parameters;
    this.symbolSize = symbolSize;
    this.pairs = pairs;
    this.sink = sink;
    this.sliver =
        pairs.isEmpty()
            ? MemorySegment.NULL
            : arena.allocate(parameters.sliverLength(Axis.SECONDARY, symbolSize), 64);
  }

  /** Returns the indices of pairs, which must exist. */
  static BitSet indices(EncodingParameters parameters, Set<SliverPairIndex> pairs) {
    BitSet indices = new BitSet();
    for (SliverPairIndex pair : pairs) {
      indices.set(Objects.checkIndex(pair.value(), parameters.shards()));
    }
    return indices;
  }

  boolean wants(SliverId id) {
    return pairs.get(id.pair(parameters).value());
  }

  void write(SliverId id, long offset, MemorySegment symbols) throws IOException {
    if (wants(id)) {
      sink.write(id, offset, symbols);
    }
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  /** Returns the indices of the wanted slivers of an axis, from one on. */
  int[] wanted(Axis axis, int from) {
    return IntStream.range(from, parameters.shards())
        .filter(index -> wants(new SliverId(axis, index)))
        .toArray();
  }

  /** Brings symbols of a secondary sliver together, which lie at even distances. */
  void gather(SliverId id, int first, int count, MemorySegment symbols, long stride)
      throws IOException {
    if (wants(id)) {
      Symbols.copy(symbols, 0, stride, sliver, 0, symbolSize, symbolSize, count);
      sink.write(id, (long) first * symbolSize, sliver.asSlice(0, (long) count * symbolSize));
    }
  }
}
