package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.internal.work.Workers;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.hash.LaneHasher;
import io.redstuff.simd.hash.TwoByteLeaves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/**
 * Extends a message matrix to n x n symbols, hashes all of them, and keeps the slivers if asked to.
 *
 * <p>First the k1 source rows are extended to n symbols; the new ones are the sources of the
 * columns k2..n-1 and stored column by column. Then the columns are extended, some at a time, and
 * each is hashed while it is in the cache: its leaf hashes serve its own tree and those of the rows
 * (see {@link MatrixTrees}). Both steps are cut into tasks for several threads.
 *
 * <p>Reusable. For one thread at a time, which others help.
 */
public final class MatrixEncoder {
  /** Tasks for each worker, so that none waits long for the last. */
  private static final int TASKS_PER_WORKER = 4;

  private static final long COPY_TASK_BYTES = 4L << 20;

  /** How far steps count: the columns cost about three times what the rows do. */
  public static final int ALL_STEPS = 1 << 16;

  private static final int ROW_STEPS = ALL_STEPS / 4;

  private final EncodingParameters parameters;
  private final Engine engine;

  /** For memory that all threads use. */
  private final Arena common;

  private final MatrixTrees trees;
  private final Workers<MatrixWorker> workers;

  /** Made for the first blob that is short enough, then kept. */
  private TwoByteLeaves twoByteLeaves;

  /** Allocates the memory that does not depend on the blob. */
  public MatrixEncoder(EncodingParameters parameters, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.engine = engine;
    this.common = parallelism > 1 ? WorkCrew.sharedArena(arena) : arena;
    this.trees = new MatrixTrees(parameters.shards(), common);
    this.workers =
        new Workers<>(
            Math.min(parallelism, trees.blocks),
            arena,
            own -> new MatrixWorker(parameters, engine, trees, own));
  }

  /**
   * Returns the code of which an expanded sliver is a codeword: k2:(n-k2) for a primary one,
   * k1:(n-k1) for a secondary one.
   */
  public static ReedSolomon sliverCode(EncodingParameters parameters, Axis axis) {
    int originals = parameters.symbolsPerSliver(axis);
    return ReedSolomon.of(originals, parameters.shards() - originals);
  }

  /**
   * Returns the most native memory that encoding a blob takes beside blob and slivers, in bytes.
   */
  public static long memory(EncodingParameters parameters, long blobLength, int parallelism) {
    int n = parameters.shards();
    int symbolSize = parameters.symbolSize(blobLength);
    long rowBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    long columnBytes = parameters.sliverLength(Axis.SECONDARY, symbolSize);
    long extension = (n - parameters.secondarySourceSymbols()) * columnBytes;
    long paddedRows = parameters.paddedLength(blobLength) - blobLength + rowBytes;
    long coders =
        sliverCode(parameters, Axis.PRIMARY).encoderBytes()
            + sliverCode(parameters, Axis.SECONDARY).encoderBytes();
    long worker =
        coders
            + BlockTrees.memory(n)
            + LaneHasher.BYTES
            + MatrixWorker.scratchBytes(n, symbolSize, rowBytes);
    return MatrixTrees.memory(n)
        + TwoByteLeaves.BYTES
        + extension
        + paddedRows
        + parallelism * worker;
  }

  /**
   * Returns the most native memory that encoding one blob after another takes beside blobs and
   * slivers, in bytes, in whatever order they come: what is outgrown is not given back, so that
   * there may be four times as much scratch memory as the longest asks for.
   */
  public static long memoryOfMany(EncodingParameters parameters, long longest, int parallelism) {
    int symbolSize = parameters.symbolSize(longest);
    long rowBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    long scratch = MatrixWorker.scratchBytes(parameters.shards(), symbolSize, rowBytes);
    // a shorter blob may end further from the end of its matrix
    long padding = parameters.paddedLength(1);
    return memory(parameters, longest, parallelism)
        + (NativeMemory.GROWTH - 1L) * parallelism * scratch
        + padding;
  }

  /**
   * Commits to a blob, native or heap, without keeping its slivers. Takes about half the padded
   * blob of scratch memory for the time of the call.
   */
  public VerifiedMetadata commit(MemorySegment blob) {
    return commit(blob, _ -> {});
  }

  /**
   * Commits likewise. {@code steps} is told how many of {@link #ALL_STEPS} were taken, by the
   * calling thread after some of its tasks, and may end the work by throwing.
   */
  public VerifiedMetadata commit(MemorySegment blob, LongConsumer steps) {
    int threads = threads(blob, blob);
    try (Arena scratch = threads > 1 ? Arena.ofShared() : Arena.ofConfined()) {
      MessageMatrix source = MessageMatrix.reading(parameters, blob, scratch);
      int columns = parameters.shards() - parameters.secondarySourceSymbols();
      long bytes = columns * parameters.sliverLength(Axis.SECONDARY, source.symbolSize());
      MemorySegment extension = scratch.allocate(bytes, 64);
      run(
          new MatrixRun(
              blob.byteSize(), source, extension, 0, null, 0, leaves(source.symbolSize())),
          threads,
          steps);
    }
    return trees.commit(parameters, blob.byteSize(), workers.first().hasher(), engine);
  }

  /**
   * Encodes a blob to slivers: the n primary ones by index, then the n secondary ones by index, in
   * native memory of at least {@link EncodingParameters#sliversLength} bytes.
   */
  public VerifiedMetadata encode(MemorySegment blob, MemorySegment slivers, LongConsumer steps) {
    int symbolSize = parameters.symbolSize(blob.byteSize());
    long primaryBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    long secondaryBytes = parameters.sliverLength(Axis.SECONDARY, symbolSize);
    long padded = parameters.paddedLength(blob.byteSize());
    int threads = threads(blob, slivers);
    // the first k1 primary slivers are the padded blob: from here on they are the source
    copy(blob, slivers, threads);
    slivers.asSlice(blob.byteSize(), padded - blob.byteSize()).fill((byte) 0);
    try (Arena scratch = threads > 1 ? Arena.ofShared() : Arena.ofConfined()) {
      MessageMatrix source = MessageMatrix.reading(parameters, slivers.asSlice(0, padded), scratch);
      long secondaries = parameters.shards() * primaryBytes;
      long extension = secondaries + parameters.secondarySourceSymbols() * secondaryBytes;
      run(
          new MatrixRun(
              blob.byteSize(),
              source,
              slivers,
              extension,
              slivers,
              secondaries,
              leaves(symbolSize)),
          threads,
          steps);
    }
    return trees.commit(parameters, blob.byteSize(), workers.first().hasher(), engine);
  }

  private void run(MatrixRun run, int threads, LongConsumer steps) {
    run.clearZeroRows();
    int live = run.firstZeroRow();
    int inGroup = Math.ceilDiv(engine.batchBytes(), run.symbolSize());
    int rows = Math.max(Math.ceilDiv(live, threads * TASKS_PER_WORKER), Math.ceilDiv(inGroup, 4));
    runWatched(
        threads,
        Math.ceilDiv(live, rows),
        (worker, task) -> worker.extendRows(run, task * rows, Math.min(live, (task + 1) * rows)),
        steps,
        ROW_STEPS);
    int n = parameters.shards();
    int columns =
        MatrixTrees.BLOCK
            * Math.clamp(
                inGroup / MatrixTrees.BLOCK,
                1,
                Math.max(1, trees.blocks / (threads * TASKS_PER_WORKER)));
    runWatched(
        threads,
        Math.ceilDiv(n, columns),
        (worker, task) -> worker.columns(run, task * columns, Math.min(n, (task + 1) * columns)),
        steps,
        ALL_STEPS - ROW_STEPS);
  }

  /** Runs tasks, of which those before the calling thread's next one count as done. */
  private void runWatched(
      int threads, int tasks, Workers.Work<MatrixWorker> work, LongConsumer steps, int allSteps) {
    MatrixWorker own = workers.first();
    int[] told = new int[1];
    workers.run(
        threads,
        tasks,
        (worker, task) -> {
          if (worker == own) {
            int now = (int) ((long) allSteps * task / tasks);
            steps.accept(now - told[0]);
            told[0] = now;
          }
          work.run(worker, task);
        });
    steps.accept(allSteps - told[0]);
  }

  /**
   * Returns how many threads to use: one, if the memory is not for others or the work not worth it.
   */
  private int threads(MemorySegment blob, MemorySegment slivers) {
    int symbolSize = parameters.symbolSize(blob.byteSize());
    boolean shared =
        WorkCrew.isShared(blob)
            && WorkCrew.isShared(slivers)
            && HashCrew.isWorthSharing(parameters, parameters.shards(), symbolSize);
    return shared ? workers.most() : 1;
  }

  private TwoByteLeaves leaves(int symbolSize) {
    long symbols = (long) parameters.shards() * parameters.shards();
    if (symbolSize != Short.BYTES || symbols < 2L * TwoByteLeaves.VALUES) {
      return null;
    }
    if (twoByteLeaves == null) {
      twoByteLeaves = new TwoByteLeaves(engine.hash(), common);
    }
    return twoByteLeaves;
  }

  private static void copy(MemorySegment blob, MemorySegment slivers, int threads) {
    long bytes = blob.byteSize();
    WorkCrew.run(
        threads,
        Math.toIntExact(Math.ceilDiv(bytes, COPY_TASK_BYTES)),
        (worker, task) -> {
          long at = task * COPY_TASK_BYTES;
          MemorySegment.copy(blob, at, slivers, at, Math.min(COPY_TASK_BYTES, bytes - at));
        });
  }
}
