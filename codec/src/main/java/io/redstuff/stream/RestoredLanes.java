package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.Crossing;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Neighboring slivers that a {@link RangeReader} restored: the last ones. */
final class RestoredLanes {
  /** So much is restored at a time, if a row or column is not longer. */
  private static final long RESTORED_BYTES = 4L << 20;

  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final CheckedSlivers slivers;
  private final DecodeRules<IOException> rules;
  private final Arena arena;
  private final int symbolSize;
  private final int most;

  /** By the axis of the slivers to read from. */
  private final Map<Axis, CrossDecoder> decoders = new EnumMap<>(Axis.class);

  /** The lanes and, after them, one symbol of each on its way to them. */
  private MemorySegment memory;

  private Axis axis = Axis.PRIMARY;
  private int first;
  private int count;
  private long stride;

  RestoredLanes(RedStuff codec, VerifiedMetadata metadata, CheckedSlivers slivers, Arena arena) {
    this.codec = codec;
    this.metadata = metadata;
    this.slivers = slivers;
    this.rules = slivers.rules();
    this.arena = arena;
    this.symbolSize = metadata.symbolSize();
    int shards = codec.parameters().shards();
    this.most = Math.clamp(RESTORED_BYTES / ((long) shards * symbolSize), 1, shards);
  }

  /** Returns how many are restored at a time. */
  int most() {
    return most;
  }

  boolean has(Axis axis, int lane) {
    return axis == this.axis && lane >= first && lane < first + count;
  }

  /** Copies bytes of one of them. */
  void copy(int lane, long from, MemorySegment target, long to, long bytes) {
    MemorySegment.copy(memory, (lane - first) * stride + from, target, to, bytes);
  }

  /**
   * Restores others and compares them with the metadata.
   *
   * @return false if they do not match since a sliver that was used is bad, which is now known
   * @throws VerificationException if they do not match and all those are good
   */
  boolean restore(Axis axis, int first, int count) throws IOException, VerificationException {
    EncodingParameters parameters = codec.parameters();
    long symbols = (parameters.shards() + 1L) * symbolSize;
    if (memory == null) {
      memory = arena.allocate(most * symbols, 64);
    }
    this.count = 0;
    CrossDecoder decoder =
        decoders.computeIfAbsent(
            axis.opposite(),
            a -> new CrossDecoder(parameters, a, codec.engine(), arena, codec.parallelism()));
    Crossing crossing = decoder.crossing(rules.usable(axis.opposite()));
    SymbolRows block = crossing.laneByLane(memory, symbolSize);
    MemorySegment stage = memory.asSlice(most * (symbols - symbolSize));
    crossing.read(slivers::read, first, count, symbolSize, block, stage);
    decoder.restore(crossing, block, symbolSize, count);
    this.axis = axis;
    this.first = first;
    this.stride = crossing.laneBytes(symbolSize);
    List<SliverId> ids =
        IntStream.range(first, first + count).mapToObj(lane -> new SliverId(axis, lane)).toList();
    for (boolean matches : slivers.hasher(axis).matches(metadata, ids, memory, stride)) {
      if (!matches) {
        rules.findBad(crossing.axis(), crossing.used());
        return false;
      }
    }
    this.count = count;
    return true;
  }
}
