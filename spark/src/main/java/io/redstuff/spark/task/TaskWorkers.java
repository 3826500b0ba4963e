package io.redstuff.spark.task;

import io.redstuff.codec.BlobEncoder;
import io.redstuff.codec.BulkBlobIds;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.SliverRecoverer;
import io.redstuff.codec.SliverVerifier;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;

/**
 * The workers of one task thread for one number of shards. None of them can be sent: tasks are told
 * the number, and executors keep what they made of it, since making it costs more than many a blob.
 *
 * <p>For the thread that it was made for. Memory is freed some time after that thread has ended.
 */
public final class TaskWorkers {
  private static final ThreadLocal<Map<Integer, TaskWorkers>> KEPT =
      ThreadLocal.withInitial(HashMap::new);

  private final RedStuff codec;
  private final Arena arena = Arena.ofAuto();
  private BulkBlobIds bulk;
  private BlobEncoder encoder;
  private SliverVerifier verifier;
  private SliverRecoverer recoverer;
  private MemorySegment kept = MemorySegment.NULL;

  private TaskWorkers(RedStuff codec) {
    this.codec = codec;
  }

  /**
   * {@return the workers of the calling thread}
   *
   * @param shards the number of shards, 4 to 49155
   * @throws IllegalArgumentException if it is out of range
   */
  public static TaskWorkers of(int shards) {
    return KEPT.get()
        .computeIfAbsent(
            shards, n -> new TaskWorkers(RedStuff.forShards(n).withParallelism(processors())));
  }

  /** Returns how many processors Spark has given to each task. */
  private static int processors() {
    TaskContext task = TaskContext.get();
    return task == null ? 1 : task.cpus();
  }

  /** {@return the codec, which works with the processors that a task has} */
  public RedStuff codec() {
    return codec;
  }

  /** {@return what computes ids and metadata of small blobs} */
  public BulkBlobIds bulk() {
    if (bulk == null) {
      bulk = codec.newBulkBlobIds();
    }
    return bulk;
  }

  /** {@return what encodes into memory} */
  public BlobEncoder encoder() {
    if (encoder == null) {
      encoder = codec.newEncoder(arena);
    }
    return encoder;
  }

  /** {@return what hashes slivers} */
  public SliverVerifier verifier() {
    if (verifier == null) {
      verifier = codec.newVerifier(arena);
    }
    return verifier;
  }

  /** {@return what recovers slivers} */
  public SliverRecoverer recoverer() {
    if (recoverer == null) {
      recoverer = codec.newRecoverer(arena);
    }
    return recoverer;
  }

  /**
   * {@return native memory of at least so many bytes, which the next call gives out again}
   *
   * @param bytes how many
   */
  public MemorySegment memory(long bytes) {
    if (kept.byteSize() < bytes) {
      // What was outgrown is freed when the collector finds it, so it has an arena of its own.
      kept = Arena.ofAuto().allocate(Math.max(bytes, 2 * kept.byteSize()), 64);
    }
    return kept;
  }
}
