package io.redstuff.internal.matrix;

import static io.redstuff.internal.matrix.MatrixTrees.GROUP;
import static io.redstuff.internal.matrix.MatrixTrees.LANES;

import io.redstuff.simd.LaneHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One thread's part of {@link MatrixTrees}: the trees of some columns, and their part of the trees
 * of all rows.
 *
 * <p>Eight columns at a time are taken up while their leaf hashes are in the cache. As they come, a
 * lane is a row, which suits the trees of the rows; turned, a lane is a column.
 *
 * <p>Not thread-safe.
 */
final class BlockTrees {
  private static final int LEVELS_AT_ONCE = 3;

  private final MatrixTrees trees;
  private final LaneHasher hasher;

  /** The leaf hashes of up to eight columns, a stack each. */
  private final MemorySegment leaves;

  /** Leaf hashes of eight rows and columns with a column in each lane, a group for each row. */
  private final MemorySegment tile;

  /** Nodes over eight rows with a column in each lane, and room for one that pads. */
  private final MemorySegment columnNodes;

  /** Nodes over eight columns, a stack for every eight columns of the block. */
  private final MemorySegment nodes;

  private int block;

  /** The first group of eight rows that are all zero; the others before the limit equal it. */
  private int zeroGroup;

  private int zeroLimit;
  private int firstColumn;
  private int columns;
  private int stacks;

  BlockTrees(MatrixTrees trees, LaneHasher hasher, Arena arena) {
    this.trees = trees;
    this.hasher = hasher;
    this.leaves = arena.allocate(LANES * trees.stack, 64);
    this.tile = arena.allocate((long) LANES * GROUP, 64);
    this.columnNodes = arena.allocate(trees.stack, 64);
    this.nodes = arena.allocate(LANES * trees.stack, 64);
  }

  /** Bytes that one of these takes for a matrix of so many rows. */
  static long memory(int size) {
    return (2L * LANES + 1) * MatrixTrees.stack(size) + (long) LANES * GROUP;
  }

  /**
   * Begins a block.
   *
   * @param block which
   * @param firstZero the first of the rows that are zero in all columns
   * @param limit the first row after them
   */
  void begin(int block, int firstZero, int limit) {
    this.block = block;
    this.zeroGroup = Math.ceilDiv(firstZero, LANES);
    this.zeroLimit = limit / LANES;
    this.firstColumn = block * MatrixTrees.BLOCK;
    this.columns = 0;
    this.stacks = 0;
  }

  /** Where the leaf hashes of the next column go: the offset of {@link #leafOffset}. */
  MemorySegment leaves() {
    return leaves;
  }

  /** Where the group with the leaf hash of row 0 of the next column goes. */
  long leafOffset() {
    return leafOffset(0);
  }

  /** Likewise for a column after the next, up to the next multiple of eight. */
  long leafOffset(int ahead) {
    return (columns + ahead) * trees.stack;
  }

  /** The first of the rows whose leaf hashes need not be written, a multiple of eight. */
  int firstKnownRow() {
    return (zeroGroup + 1) * LANES;
  }

  /** The row behind the last of those, a multiple of eight; there are none if it is not larger. */
  int limitOfKnownRows() {
    return zeroLimit * LANES;
  }

  /** Takes up the column whose leaf hashes were written. */
  void column() {
    columns++;
    boolean last = firstColumn + columns == trees.size;
    if (columns == LANES || last) {
      eightColumns();
    }
    if (stacks == LANES || last) {
      trees.fold(hasher, nodes, stacks, Math.clamp(trees.height - 3, 0, LEVELS_AT_ONCE));
      trees.blockNodes(block, nodes);
    }
  }

  /**
   * Hashes tiles of eight rows and eight columns three levels up, both ways, while they are in the
   * nearest cache; then the trees of the columns to their roots. A small blob leaves up to a third
   * of all rows zero: one tile of them does for all.
   */
  private void eightColumns() {
    int levels = Math.min(trees.height, LEVELS_AT_ONCE);
    for (int i = 0; i < trees.groups; i++) {
      long at = (long) i * GROUP;
      if (i > zeroGroup && i < zeroLimit) {
        long known = (long) zeroGroup * GROUP;
        MemorySegment.copy(columnNodes, known, columnNodes, at, GROUP);
        MemorySegment.copy(nodes, nodeOffset() + known, nodes, nodeOffset() + at, GROUP);
        continue;
      }
      int rows = Math.min(LANES, trees.size - i * LANES);
      hasher.transpose(leaves, at, trees.stack, tile, 0);
      hasher.foldSubtree(tile, 0, GROUP, rows, levels, columnNodes, at);
      hasher.foldSubtree(leaves, at, trees.stack, columns, levels, nodes, nodeOffset() + at);
    }
    int size = trees.groups;
    while (size > 1) {
      if (size % 2 != 0) {
        columnNodes.asSlice((long) size * GROUP, GROUP).fill((byte) 0);
      }
      size = (size + 1) / 2;
      hasher.fold(columnNodes, 0, GROUP, 2L * GROUP, size, columnNodes, 0);
    }
    for (int lane = 0; lane < columns; lane++) {
      trees.columnRoot(firstColumn + lane, columnNodes, lane);
    }
    stacks++;
    firstColumn += columns;
    columns = 0;
  }

  /** Where the stack of nodes over the next eight columns goes. */
  private long nodeOffset() {
    return stacks * trees.stack;
  }
}
