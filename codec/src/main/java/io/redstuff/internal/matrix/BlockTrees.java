package io.redstuff.internal.matrix;

import static io.redstuff.internal.matrix.MatrixTrees.GROUP;
import static io.redstuff.internal.matrix.MatrixTrees.LANES;

import io.redstuff.simd.hash.LaneHasher;
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

  /** Their nodes with a column in each lane, a group for each row, and room for one that pads. */
  private final MemorySegment turned;

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
    this.turned = arena.allocate(LANES * trees.stack, 64);
    this.nodes = arena.allocate(LANES * trees.stack, 64);
  }

  /** Returns bytes that one of these takes for a matrix of so many rows. */
  static long memory(int size) {
    return 3L * LANES * MatrixTrees.stack(size);
  }

  /** Begins a block. The rows from {@code firstZero} to {@code limit} are zero in all columns. */
  void begin(int block, int firstZero, int limit) {
    this.block = block;
    this.zeroGroup = Math.ceilDiv(firstZero, LANES);
    this.zeroLimit = limit / LANES;
    this.firstColumn = block * MatrixTrees.BLOCK;
    this.columns = 0;
    this.stacks = 0;
  }

  /** Returns where the leaf hashes of the next column go: the offset of {@link #leafOffset}. */
  MemorySegment leaves() {
    return leaves;
  }

  /** Returns where the group with the leaf hash of row 0 of the next column goes. */
  long leafOffset() {
    return leafOffset(0);
  }

  /** Returns the same for a column after the next, up to the next multiple of eight. */
  long leafOffset(int ahead) {
    return (columns + ahead) * trees.stack;
  }

  /** Returns the first of the rows whose leaf hashes need not be written, a multiple of eight. */
  int firstKnownRow() {
    return (zeroGroup + 1) * LANES;
  }

  /**
   * Returns the row after the last of those, a multiple of eight; there are none if it is not
   * larger.
   */
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
      int levels = Math.clamp(trees.height - LEVELS_AT_ONCE, 0, LEVELS_AT_ONCE);
      trees.fold(hasher, nodes, stacks, levels, 0, trees.groups);
      trees.blockNodes(block, nodes);
    }
  }

  /**
   * Hashes three levels of the trees of the rows and all of the trees of the columns, each level in
   * one go: the more there is to hash side by side, the better. A small blob leaves up to a third
   * of all rows zero: of these, eight do for all.
   */
  private void eightColumns() {
    int from = Math.min(zeroGroup + 1, trees.groups);
    int to = Math.clamp(zeroLimit, from, trees.groups);
    turn(0, from);
    turn(to, trees.groups);
    int levels = Math.min(trees.height, LEVELS_AT_ONCE);
    trees.fold(hasher, leaves, columns, levels, 0, from);
    trees.fold(hasher, leaves, columns, levels, to, trees.groups);
    copyKnown(leaves, from, to);
    MemorySegment.copy(leaves, 0, nodes, stacks * trees.stack, (long) trees.groups * GROUP);
    int size = trees.size;
    for (int level = 1; level <= trees.height; level++) {
      if (size % 2 != 0) {
        turned.asSlice((long) size * GROUP, GROUP).fill((byte) 0);
      }
      size = (size + 1) / 2;
      boolean skips = level <= levels;
      foldColumns(0, skips ? Math.min(size, (from * LANES) >> level) : size);
      foldColumns(skips ? Math.min(size, (to * LANES) >> level) : size, size);
      if (level == levels) {
        copyKnown(turned, from, to);
      }
    }
    for (int lane = 0; lane < columns; lane++) {
      trees.columnRoot(firstColumn + lane, turned, lane);
    }
    stacks++;
    firstColumn += columns;
    columns = 0;
  }

  /** Turns the leaf hashes of groups of eight rows. */
  private void turn(int from, int to) {
    for (int i = from; i < to; i++) {
      hasher.transpose(leaves, (long) i * GROUP, trees.stack, turned, (long) i * LANES * GROUP);
    }
  }

  /** Hashes nodes of the columns together, to those from one to another. */
  private void foldColumns(int from, int to) {
    long left = 2L * from * GROUP;
    hasher.fold(turned, left, left + GROUP, 2L * GROUP, to - from, turned, (long) from * GROUP);
  }

  /** Copies the nodes over the first eight rows of zeros to where those over the others go. */
  private void copyKnown(MemorySegment groups, int from, int to) {
    for (int i = from; i < to; i++) {
      MemorySegment.copy(groups, (long) zeroGroup * GROUP, groups, (long) i * GROUP, GROUP);
    }
  }
}
