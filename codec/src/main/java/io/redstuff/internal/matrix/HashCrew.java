package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.internal.work.Workers;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Compares slivers of one axis with metadata, on several threads where that is worth it.
 *
 * <p>Reusable. For one thread at a time, which others help.
 */
public final class HashCrew {
  /** Each task expands so many bytes of symbols at least where there are slivers enough. */
  private static final int TASK_BYTES = 4096;

  private final Workers<SliverHasher> hashers;

  /** For slivers of an axis; takes {@link #workerBytes} for each thread that is put to work. */
  public HashCrew(
      EncodingParameters parameters, Axis axis, Engine engine, Arena arena, int parallelism) {
    this.hashers =
        new Workers<>(parallelism, arena, own -> new SliverHasher(parameters, axis, engine, own));
  }

  /** Bytes of native memory that a thread takes beside the slivers. */
  public static long workerBytes(EncodingParameters parameters, Axis axis, int symbolSize) {
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
  public boolean[] matches(
      VerifiedMetadata metadata, List<SliverId> ids, MemorySegment memory, long stride) {
    int symbolSize = metadata.symbolSize();
    boolean[] matches = new boolean[ids.size()];
    int inTask = Math.max(1, TASK_BYTES / symbolSize);
    hashers.run(
        WorkCrew.isShared(memory) ? hashers.most() : 1,
        Math.ceilDiv(matches.length, inTask),
        (hasher, task) -> {
          int first = task * inTask;
          hasher.hash(
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
