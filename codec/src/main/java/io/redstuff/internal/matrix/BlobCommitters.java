package io.redstuff.internal.matrix;

import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.KeptArena;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The workers that commit to many blobs, each to a blob of its own, and what they share.
 *
 * <p>Worker w may be used by one thread at a time, different workers by several.
 */
public final class BlobCommitters {
  /** A longer blob is worked on by all threads. */
  private static final long LARGE_BLOB = 1L << 20;

  /** With more shards all blobs are: here the nodes of a worker's trees take 8 MiB already. */
  private static final int MANY_SHARDS = 4096;

  /** Below, the tables for blobs of one row cost more than thousands of such blobs. */
  private static final int FEWEST_SHARDS_FOR_TABLES = 64;

  private static final long KEPT_BYTES = 128 << 10;

  private final EncodingParameters parameters;
  private final Engine engine;
  private final Worker[] workers;
  private final long longestSingleRow;
  private final ReentrantLock allThreads = new ReentrantLock();

  /** Works on one blob with all threads; made when it is first needed, like the others here. */
  private MatrixEncoder largeBlobs;

  private ColumnRoots columnRoots;

  /** As many workers as threads, which have no memory yet. */
  public BlobCommitters(EncodingParameters parameters, Engine engine, int parallelism) {
    this.parameters = parameters;
    this.engine = engine;
    this.workers = new Worker[parallelism];
    this.longestSingleRow =
        parameters.shards() < FEWEST_SHARDS_FOR_TABLES
            ? -1
            : SingleRowCommitter.longest(parameters);
  }

  /**
   * Returns the most native memory that committers take beside the blobs, in bytes, whatever comes
   * up to a length.
   */
  public static long memory(EncodingParameters parameters, long longest, int parallelism) {
    boolean manyShards = parameters.shards() > MANY_SHARDS;
    long alone = Math.min(longest, LARGE_BLOB);
    long worker =
        KEPT_BYTES
            + SingleRowCommitter.memory(parameters)
            + (manyShards ? 0 : MatrixEncoder.memoryOfMany(parameters, alone, 1));
    long together =
        manyShards || longest > LARGE_BLOB
            ? MatrixEncoder.memoryOfMany(parameters, longest, parallelism)
            : 0;
    return ColumnRoots.BYTES + parallelism * worker + together;
  }

  /** Returns how many workers there are. */
  public int count() {
    return workers.length;
  }

  /** Returns memory for the blob that a worker comes to next; to be closed after the blob. */
  public Arena blobArena(int worker) {
    return worker(worker).blobMemory;
  }

  /**
   * Commits to a blob, native or heap.
   *
   * @throws IllegalArgumentException if the blob is over the limit
   * @throws InterruptedException if the thread is interrupted while another large blob is worked on
   */
  public VerifiedMetadata commit(int worker, MemorySegment blob) throws InterruptedException {
    long length = blob.byteSize();
    parameters.symbolSize(length);
    if (length <= longestSingleRow) {
      return worker(worker).singleRows().commit(blob);
    }
    boolean large = length > LARGE_BLOB || parameters.shards() > MANY_SHARDS;
    return large ? commitToLarge(blob) : worker(worker).encoder().commit(blob);
  }

  /** Works on one at a time: more would not be faster, but take more memory. */
  private VerifiedMetadata commitToLarge(MemorySegment blob) throws InterruptedException {
    allThreads.lockInterruptibly();
    try {
      if (largeBlobs == null) {
        largeBlobs = new MatrixEncoder(parameters, engine, Arena.ofAuto(), workers.length);
      }
      return largeBlobs.commit(blob);
    } finally {
      allThreads.unlock();
    }
  }

  private synchronized ColumnRoots columnRoots() {
    if (columnRoots == null) {
      columnRoots = new ColumnRoots(parameters, engine, Arena.ofAuto());
    }
    return columnRoots;
  }

  private Worker worker(int worker) {
    if (workers[worker] == null) {
      workers[worker] = new Worker(this);
    }
    return workers[worker];
  }

  /** In automatic arenas: a worker may have another thread each time. */
  private static final class Worker {
    private final BlobCommitters crew;
    private final KeptArena blobMemory = new KeptArena(KEPT_BYTES);
    private MatrixEncoder encoder;
    private SingleRowCommitter singleRows;

    Worker(BlobCommitters crew) {
      this.crew = crew;
    }

    MatrixEncoder encoder() {
      if (encoder == null) {
        encoder = new MatrixEncoder(crew.parameters, crew.engine, Arena.ofAuto(), 1);
      }
      return encoder;
    }

    SingleRowCommitter singleRows() {
      if (singleRows == null) {
        singleRows =
            new SingleRowCommitter(
                crew.parameters, crew.engine, crew.columnRoots(), Arena.ofAuto());
      }
      return singleRows;
    }
  }
}
