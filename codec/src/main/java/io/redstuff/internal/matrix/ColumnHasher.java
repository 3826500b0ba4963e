package io.redstuff.internal.matrix;

import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.Workers;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.hash.LaneHasher;
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
  private final Workers<LaneHasher> hashers;
  private final MatrixTrees trees;
  private final BlockTrees block;

  /** Takes {@link #memory} of an arena that all threads may use if there are several workers. */
  public ColumnHasher(EncodingParameters parameters, Engine engine, Arena arena, int workers) {
    this.parameters = parameters;
    this.engine = engine;
    this.hashers = new Workers<>(workers, arena, own -> new LaneHasher(engine.hash(), own));
    this.trees = new MatrixTrees(parameters.shards(), arena);
    this.block = new BlockTrees(trees, hashers.first(), arena);
  }

  /** Returns the memory of one of these in bytes, about n * n / 2. */
  public static long memory(EncodingParameters parameters, int workers) {
    return MatrixTrees.memory(parameters.shards())
        + BlockTrees.memory(parameters.shards())
        + workers * LaneHasher.BYTES;
  }

  /**
   * Hashes the next columns, from column 0 on. They must not go past a multiple of {@value
   * #MOST_COLUMNS}. The symbols are native: n rows of {@code count} symbols each.
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
    hashers.run(
        hashers.most(),
        parts * count,
        (hasher, task) -> {
          int lane = task / parts;
          int first = task % parts * rows;
          hasher.hashLeaves(
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

  /** Commits to the matrix when all columns have come. */
  public VerifiedMetadata metadata(long blobLength) {
    return trees.commit(parameters, blobLength, hashers.first(), engine);
  }
}
