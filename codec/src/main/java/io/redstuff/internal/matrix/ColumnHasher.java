package io.redstuff.internal.matrix;

import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LaneHasher;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Hashes an n x n matrix of symbols that comes a few columns at a time, and commits to it.
 *
 * <p>For symbols so long that the trees above them cost little: threads share the symbols of a
 * column, while {@link MatrixEncoder} gives them columns of their own.
 *
 * <p>Reusable. For one thread at a time, which others help.
 */
public final class ColumnHasher {
  /** Most columns that may come together: as many as {@link BlockTrees} takes up at a time. */
  public static final int MOST_COLUMNS = LaneHasher.LANES;

  /** Parts of a column that threads take, so that none waits long for the last. */
  private static final int PARTS = 8;

  private final EncodingParameters parameters;
  private final Engine engine;
  private final LaneHasher[] hashers;
  private final MatrixTrees trees;
  private final BlockTrees block;

  /**
   * Allocates the memory.
   *
   * @param parameters the shape
   * @param engine does the hashing
   * @param arena gives the memory, about n * n / 2 bytes; for all threads if there are several
   * @param workers how many threads may hash
   */
  public ColumnHasher(EncodingParameters parameters, Engine engine, Arena arena, int workers) {
    this.parameters = parameters;
    this.engine = engine;
    this.hashers = new LaneHasher[workers];
    for (int worker = 0; worker < workers; worker++) {
      hashers[worker] = new LaneHasher(engine, arena);
    }
    this.trees = new MatrixTrees(parameters.shards(), arena);
    this.block = new BlockTrees(trees, hashers[0], arena);
  }

  /**
   * The memory of one of these.
   *
   * @param parameters the shape
   * @param workers how many threads may hash
   * @return bytes
   */
  public static long memory(EncodingParameters parameters, int workers) {
    return MatrixTrees.memory(parameters.shards())
        + BlockTrees.memory(parameters.shards())
        + workers * LaneHasher.BYTES;
  }

  /**
   * Hashes the next columns, from column 0 on. They must not go past a multiple of {@value
   * #MOST_COLUMNS}.
   *
   * @param column the first of them
   * @param count how many
   * @param symbols native memory: n rows of {@code count} symbols each
   * @param symbolSize bytes of a symbol
   */
  public void hash(int column, int count, MemorySegment symbols, int symbolSize) {
    int n = parameters.shards();
    if (column % MatrixTrees.BLOCK == 0) {
      int k1 = parameters.primarySourceSymbols();
      block.begin(column / MatrixTrees.BLOCK, k1, k1);
    }
    long rowBytes = (long) count * symbolSize;
    int groups = Math.ceilDiv(Math.ceilDiv(n, LaneHasher.LANES), PARTS);
    int rows = groups * LaneHasher.LANES;
    int parts = Math.ceilDiv(n, rows);
    WorkCrew.run(
        hashers.length,
        parts * count,
        (worker, task) -> {
          int lane = task / parts;
          int first = task % parts * rows;
          hashers[worker].hashLeaves(
              symbols,
              first * rowBytes + (long) lane * symbolSize,
              rowBytes,
              symbolSize,
              Math.min(rows, n - first),
              block.leaves(),
              block.leafOffset(lane) + (long) first / LaneHasher.LANES * LaneHasher.GROUP_BYTES);
        });
    for (int lane = 0; lane < count; lane++) {
      block.column();
    }
  }

  /**
   * Commits to the matrix when all columns have come.
   *
   * @param blobLength bytes of the blob
   * @return the metadata
   */
  public VerifiedMetadata metadata(long blobLength) {
    MemorySegment hashes = trees.finish(hashers[0]);
    try (Arena scratch = Arena.ofConfined()) {
      return VerifiedMetadata.ofHashes(
          parameters, blobLength, hashes, new LeafHasher(engine, scratch));
    }
  }
}
