package io.redstuff.internal;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.redstuff.proof.MerkleTree;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The Merkle roots of the n rows of a matrix whose leaf hashes arrive column by column.
 *
 * <p>Columns are collected in blocks of 64. A full block is folded into one node for each row, six
 * levels at once over all rows together, so that the leaf hashes stay in the cache and only 1/64 of
 * them in memory. A block starts at a multiple of 64, hence its nodes are nodes of the row's tree;
 * where the last block is short, each level of odd size is padded by an empty node as in the whole
 * tree.
 *
 * <p>Not thread-safe. Reusable for the next matrix once all columns have come.
 */
final class RowTrees {
  private static final int BLOCK_LEVELS = 6;
  private static final int BLOCK = 1 << BLOCK_LEVELS;
  private static final int DIGEST = LeafHasher.DIGEST_BYTES;

  private final int rows;
  private final int columns;
  private final LeafHasher hasher;

  /** Leaf hashes of the current block, row by row, {@link #width} of them in a row. */
  private final MemorySegment block;

  private final MemorySegment folded;

  /** One node for each row and block, row by row. */
  private final MemorySegment nodes;

  private final MemorySegment scratch;
  private final int blocks;

  /** How many levels a block is folded: all of the tree when it has but one block. */
  private final int levels;

  private int width;

  RowTrees(int rows, int columns, LeafHasher hasher, Arena arena) {
    this.rows = rows;
    this.columns = columns;
    this.hasher = hasher;
    this.blocks = Math.ceilDiv(columns, BLOCK);
    this.levels =
        blocks > 1 ? BLOCK_LEVELS : Integer.SIZE - Integer.numberOfLeadingZeros(columns - 1);
    this.block = arena.allocate((long) rows * BLOCK * DIGEST, 64);
    this.folded = arena.allocate((long) rows * BLOCK / 2 * DIGEST, 64);
    this.nodes = arena.allocate((long) rows * blocks * DIGEST, 64);
    this.scratch = arena.allocate(Math.max(1, MerkleTree.scratchBytes(blocks)), 64);
  }

  /**
   * Takes the leaf hashes of one column. Columns come in order.
   *
   * @param column 0..columns-1
   * @param leaves one hash for each row, back to back
   */
  void column(int column, MemorySegment leaves) {
    int inBlock = column % BLOCK;
    if (inBlock == 0) {
      int left = Math.min(BLOCK, columns - column);
      width = left + left % 2;
    }
    for (int row = 0; row < rows; row++) {
      copyDigest(leaves, (long) row * DIGEST, block, ((long) row * width + inBlock) * DIGEST);
    }
    if (inBlock == BLOCK - 1 || column == columns - 1) {
      fold(column / BLOCK, inBlock + 1);
    }
  }

  /** Folds the block's {@code count} columns into one node for each row. */
  private void fold(int blockIndex, int count) {
    int size = count;
    for (int level = 0; level < levels; level++) {
      if (size % 2 != 0) {
        for (int row = 0; row < rows; row++) {
          clearDigest(block, ((long) row * width + size) * DIGEST);
        }
      }
      int pairs = width / 2;
      hasher.hash(
          LeafHasher.INNER_PREFIX,
          block,
          0,
          2 * DIGEST,
          2 * DIGEST,
          (long) rows * pairs,
          folded,
          0,
          DIGEST);
      size = pairs;
      width = pairs + pairs % 2;
      if (level < levels - 1) {
        copyRows(pairs);
      }
    }
    for (int row = 0; row < rows; row++) {
      copyDigest(folded, (long) row * DIGEST, nodes, ((long) row * blocks + blockIndex) * DIGEST);
    }
  }

  /** Brings a folded level back into the block, leaving room for a padding node in each row. */
  private void copyRows(int pairs) {
    if (pairs == width) {
      MemorySegment.copy(folded, 0, block, 0, (long) rows * pairs * DIGEST);
      return;
    }
    for (int row = 0; row < rows; row++) {
      MemorySegment.copy(
          folded,
          (long) row * pairs * DIGEST,
          block,
          (long) row * width * DIGEST,
          (long) pairs * DIGEST);
    }
  }

  /**
   * The root of a row, once all columns have come.
   *
   * @param row 0..rows-1
   * @return 32 bytes
   */
  byte[] root(int row) {
    return MerkleTree.root(hasher, nodes, (long) row * blocks * DIGEST, blocks, scratch);
  }

  private static void copyDigest(MemorySegment from, long at, MemorySegment to, long toAt) {
    for (int i = 0; i < DIGEST; i += Long.BYTES) {
      to.set(JAVA_LONG, toAt + i, from.get(JAVA_LONG_UNALIGNED, at + i));
    }
  }

  private static void clearDigest(MemorySegment at, long offset) {
    for (int i = 0; i < DIGEST; i += Long.BYTES) {
      at.set(JAVA_LONG, offset + i, 0L);
    }
  }
}
