package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.internal.work.Workers;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.SliverHashes;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/**
 * Hashes slivers of one axis, or compares them with metadata, on several threads if that is worth
 * it and the slivers' memory is for all.
 *
 * <p>Reusable. For one thread at a time, which others help.
 */
public final class HashCrew {
  /** So many bytes of each symbol are expanded together at least, if there are slivers enough. */
  private static final int TOGETHER = 4096;

  /** Slivers that lie apart, or on the heap, are brought together as long as they fit this. */
  private static final long STAGED_BYTES = 4 << 20;

  /** Tasks for each worker, so that none waits long for the last. */
  private static final int TASKS_PER_WORKER = 4;

  /** Below so many compressions of the hash, about a millisecond of work, one thread does it. */
  private static final long WORTH_SHARING = 30_000;

  private final EncodingParameters parameters;
  private final Axis axis;
  private final Workers<Worker> workers;

  /**
   * Where slivers lie, native or heap, by their place in a list: in what memory, and from where.
   */
  public record Places(IntFunction<MemorySegment> memory, IntToLongFunction offset) {}

  /** For slivers of an axis; takes {@link #workerBytes} for each thread that is put to work. */
  public HashCrew(
      EncodingParameters parameters, Axis axis, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.axis = axis;
    this.workers =
        new Workers<>(
            parallelism,
            arena,
            own -> new Worker(new SliverHasher(parameters, axis, engine, own), own));
  }

  /**
   * Returns bytes of native memory that a thread takes, if slivers are native and at even
   * distances.
   */
  public static long workerBytes(EncodingParameters parameters, Axis axis, int symbolSize) {
    return SliverHasher.workBytes(parameters, axis, symbolSize);
  }

  /**
   * Returns the most native memory that a thread takes, in bytes, for slivers of symbols up to a
   * size that lie anywhere: what is outgrown is not given back.
   */
  public static long memoryOfMany(EncodingParameters parameters, Axis axis, int symbolSize) {
    long longest = parameters.sliverLength(axis, symbolSize);
    long together = Math.min(STAGED_BYTES, (long) TOGETHER * parameters.symbolsPerSliver(axis));
    long growing = Math.max(together, longest) + (long) parameters.shards() * symbolSize;
    return workerBytes(parameters, axis, symbolSize)
        + MerkleTree.nodeBytes(parameters.shards())
        + NativeMemory.GROWTH * growing;
  }

  /** Returns the calling thread's hasher. */
  public SliverHasher hasher() {
    return workers.first().hasher;
  }

  /**
   * Returns whether it is worth the help of other threads to hash all symbols of so many slivers.
   */
  public static boolean isWorthSharing(
      EncodingParameters parameters, long slivers, int symbolSize) {
    long compressions = 2 + Math.ceilDiv(symbolSize + 1L, 128);
    return slivers * parameters.shards() * compressions >= WORTH_SHARING;
  }

  /**
   * Returns, by the order of the ids, whether slivers that lie at even distances in native memory
   * have the hashes that are committed to.
   */
  public boolean[] matches(
      SliverHashes hashes, List<SliverId> ids, MemorySegment memory, long stride) {
    return matches(hashes, ids, new Places(_ -> memory, place -> place * stride));
  }

  /** Returns the same for slivers that have memory of their own. */
  public boolean[] matches(SliverHashes hashes, List<SliverId> ids, List<MemorySegment> slivers) {
    return matches(hashes, ids, new Places(slivers::get, _ -> 0));
  }

  /** Returns the same for slivers wherever they lie. */
  public boolean[] matches(SliverHashes hashes, List<SliverId> ids, Places slivers) {
    boolean[] matches = new boolean[ids.size()];
    hash(
        slivers,
        matches.length,
        hashes.symbolSize(),
        (place, root) ->
            matches[place] = hashes.matches(ids.get(place), MemorySegment.ofArray(root), 0));
    return matches;
  }

  /**
   * Hashes slivers of one symbol size wherever they lie.
   *
   * @param roots is told by the place of each, in no certain order and by several threads
   */
  public void hash(Places slivers, int count, int symbolSize, SliverHasher.RootConsumer roots) {
    long sliverBytes = parameters.sliverLength(axis, symbolSize);
    boolean shared = workers.most() > 1 && isWorthSharing(parameters, count, symbolSize);
    for (int i = 0; shared && i < count; i++) {
      shared = WorkCrew.isShared(slivers.memory.apply(i));
    }
    int threads = shared ? workers.most() : 1;
    long most = Math.min(TOGETHER / symbolSize, STAGED_BYTES / sliverBytes);
    int share = Math.ceilDiv(count, shared ? TASKS_PER_WORKER * threads : 1);
    int inTask = Math.clamp(most, 1, Math.max(1, share));
    workers.run(
        threads,
        Math.ceilDiv(count, inTask),
        (worker, task) -> {
          int first = task * inTask;
          int lanes = Math.min(inTask, count - first);
          worker.hash(
              slivers,
              first,
              lanes,
              sliverBytes,
              symbolSize,
              (lane, root) -> roots.accept(first + lane, root));
        });
  }

  /** One thread. */
  private static final class Worker {
    private final SliverHasher hasher;
    private final Arena arena;
    private MemorySegment stage = MemorySegment.NULL;

    Worker(SliverHasher hasher, Arena arena) {
      this.hasher = hasher;
      this.arena = arena;
    }

    void hash(
        Places slivers,
        int first,
        int lanes,
        long sliverBytes,
        int symbolSize,
        SliverHasher.RootConsumer roots) {
      MemorySegment memory = slivers.memory.apply(first);
      long at = slivers.offset.applyAsLong(first);
      long stride = lanes == 1 ? sliverBytes : slivers.offset.applyAsLong(first + 1) - at;
      boolean even = memory.isNative();
      for (int lane = 1; even && lane < lanes; lane++) {
        even =
            slivers.memory.apply(first + lane).equals(memory)
                && slivers.offset.applyAsLong(first + lane) == at + lane * stride;
      }
      if (!even) {
        stage = NativeMemory.atLeast(stage, lanes * sliverBytes, arena);
        for (int lane = 0; lane < lanes; lane++) {
          int place = first + lane;
          MemorySegment.copy(
              slivers.memory.apply(place),
              slivers.offset.applyAsLong(place),
              stage,
              lane * sliverBytes,
              sliverBytes);
        }
        memory = stage;
        at = 0;
        stride = sliverBytes;
      }
      hasher.hash(memory, at, stride, lanes, symbolSize, roots);
    }
  }
}
