package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.internal.matrix.SliverHasher;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Compares slivers of one axis with metadata, on some threads. */
final class HashCrew {
  /** Each task expands so many bytes of symbols at least where there are slivers enough. */
  private static final int TASK_BYTES = 4096;

  private final SliverHasher[] hashers;

  /**
   * Allocates the work memory.
   *
   * @param workers how many threads
   * @param arena gives {@link #workerBytes} for each
   */
  HashCrew(RedStuff codec, Axis axis, int workers, Arena arena) {
    hashers = new SliverHasher[workers];
    for (int i = 0; i < workers; i++) {
      hashers[i] = new SliverHasher(codec.parameters(), axis, codec.engine(), arena);
    }
  }

  /** Bytes of native memory that a worker takes beside the slivers. */
  static long workerBytes(EncodingParameters parameters, Axis axis, int symbolSize) {
    return SliverHasher.workBytes(parameters, axis, symbolSize);
  }

  /**
   * Hashes slivers.
   *
   * @param metadata to compare with
   * @param ids which slivers, all of the axis
   * @param memory native; where they lie
   * @param stride bytes from the start of a sliver to the next
   * @return by the order of the ids, whether the hash is the one committed to
   */
  boolean[] matches(
      VerifiedMetadata metadata, List<SliverId> ids, MemorySegment memory, long stride) {
    int symbolSize = metadata.symbolSize();
    boolean[] matches = new boolean[ids.size()];
    int inTask = Math.max(1, TASK_BYTES / symbolSize);
    WorkCrew.run(
        hashers.length,
        Math.ceilDiv(matches.length, inTask),
        (worker, task) -> {
          int first = task * inTask;
          hashers[worker].hash(
              memory,
              first * stride,
              stride,
              Math.min(inTask, matches.length - first),
              symbolSize,
              (lane, root) ->
                  matches[first + lane] =
                      metadata.matches(ids.get(first + lane), MemorySegment.ofArray(root), 0));
        });
    return matches;
  }
}
