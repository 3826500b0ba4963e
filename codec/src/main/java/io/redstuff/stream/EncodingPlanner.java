package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.matrix.ColumnHasher;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.internal.matrix.SlicedEncoder;
import io.redstuff.stream.EncodingPlan.Strategy;

/**
 * Chooses the {@link EncodingPlan} for a blob: memory as long as it lasts, then a temporary file if
 * there may be one, else more passes over the source.
 */
record EncodingPlanner(EncodingParameters parameters, int workers, Workspace workspace) {
  /** Where nothing is hashed, memory that does not have to be paged in is worth more. */
  private static final long LARGE_UNHASHED_GROUP = 16L << 20;

  /** Symbols of one group of columns beyond this length gain nothing. */
  private static final long LARGE_GROUP = 256L << 20;

  /**
   * From this size of a symbol on, giving slivers away column by column costs less time than having
   * all of them in memory, which has to be paged in first.
   */
  private static final int LONG_SYMBOL = 64;

  /** Most of the memory goes to keeping the extension, where it is in memory. */
  private static final int GROUP_SHARE = 4;

  /** The memory that is enough for every blob. */
  long minimum() {
    return leastMemory(EncodingParameters.MAX_SYMBOL_SIZE);
  }

  /**
   * Makes the plan for a blob, which may be in native memory already, with slivers or without.
   *
   * @throws IllegalArgumentException if the blob is too long or the budget too small
   */
  EncodingPlan plan(long blobLength, boolean blobInMemory, boolean slivers) {
    int symbolSize = parameters.symbolSize(blobLength);
    long budget = workspace.memoryBudget();
    long inMemory =
        MatrixEncoder.memory(parameters, blobLength, workers)
            + (blobInMemory ? 0 : blobLength)
            + (slivers ? parameters.sliversLength(blobLength) : 0);
    if (inMemory <= budget && (!slivers || symbolSize < LONG_SYMBOL)) {
      return new EncodingPlan(Strategy.IN_MEMORY, inMemory, 0, 1, parameters.shards());
    }
    long least = leastMemory(symbolSize);
    checkBudget(least, blobLength);
    long column = parameters.sliverLength(Axis.SECONDARY, symbolSize);
    long groupOfOne = (long) parameters.shards() * symbolSize;
    int extensions = parameters.shards() - parameters.secondarySourceSymbols();
    long whole = extensions * column;
    long fixed = least - groupOfOne - column;
    long room = budget - fixed;
    if (room < whole + groupOfOne && workspace.spillDirectory().isPresent()) {
      int columns = columns(room, groupOfOne);
      return new EncodingPlan(Strategy.SPILL, fixed + columns * groupOfOne, whole, 2, columns);
    }
    // leaves room for a column: three quarters of the room, or the whole extension
    int columns = columns(Math.max(room / GROUP_SHARE, room - whole), groupOfOne);
    int kept = (int) Math.min(extensions, (room - columns * groupOfOne) / column);
    int passes = Math.ceilDiv(extensions, kept);
    kept = Math.ceilDiv(extensions, passes);
    return new EncodingPlan(
        Strategy.PASSES, fixed + columns * groupOfOne + kept * column, 0, passes + 1, columns);
  }

  /**
   * Returns how many rows or columns to work on together when nothing is hashed.
   *
   * @throws IllegalArgumentException if the blob is too long or the budget too small
   */
  int pairColumns(long blobLength) {
    int symbolSize = parameters.symbolSize(blobLength);
    long group = (long) parameters.shards() * symbolSize;
    long fixed =
        SlicedEncoder.memory(parameters, workers)
            + parameters.sliverLength(Axis.SECONDARY, symbolSize);
    checkBudget(fixed + group, blobLength);
    long room = Math.min(workspace.memoryBudget() - fixed, LARGE_UNHASHED_GROUP);
    return Math.clamp(room / group, 1, parameters.primarySourceSymbols());
  }

  private void checkBudget(long least, long blobLength) {
    long budget = workspace.memoryBudget();
    if (budget < least) {
      throw new IllegalArgumentException(
          "memory budget: got %s bytes, expected at least %s for a blob of %s bytes at %s shards"
              .formatted(budget, least, blobLength, parameters.shards()));
    }
  }

  private static int columns(long room, long groupOfOne) {
    return Math.clamp(Math.min(room, LARGE_GROUP) / groupOfOne, 1, ColumnHasher.MOST_COLUMNS);
  }

  /** Returns the bytes of a column, one of the extension, a secondary sliver, and the trees. */
  private long leastMemory(int symbolSize) {
    return ColumnHasher.memory(parameters, workers)
        + SlicedEncoder.memory(parameters, workers)
        + (long) parameters.shards() * symbolSize
        + 2 * parameters.sliverLength(Axis.SECONDARY, symbolSize);
  }
}
