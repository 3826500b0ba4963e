package io.redstuff.internal.matrix;

import io.redstuff.EncodingParameters;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.hash.LaneHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The Merkle trees over all rows and all columns of an n x n matrix, whose leaf hashes come column
 * by column.
 *
 * <p>Columns come in blocks of {@value #BLOCK}, the blocks in any order and from any thread: each
 * thread fills {@link BlockTrees} of its own, which finishes the trees of its columns and leaves
 * here one node for each row. What is kept is then 1/64 of the leaf hashes.
 *
 * <p>Hashes are kept in groups of eight (see {@link LaneHasher}). A <em>stack</em> here is one
 * group for every eight rows, back to back: one node for every row.
 */
final class MatrixTrees {
  /** Levels of a row's tree below the node that a block leaves: 2 x 3. */
  static final int BLOCK_LEVELS = 6;

  /** Columns of a block, but perhaps of the last. */
  static final int BLOCK = 1 << BLOCK_LEVELS;

  static final int LANES = LaneHasher.LANES;
  static final int GROUP = LaneHasher.GROUP_BYTES;
  static final int DIGEST = LeafHasher.DIGEST_BYTES;

  /** Number of rows, and of columns. */
  final int size;

  /** Groups that hold one node of every row. */
  final int groups;

  /**
   * From one stack of nodes to the next. One group more than needed, or stacks a power of two apart
   * would meet in the same few sets of the cache.
   */
  final long stack;

  /** Levels of a tree, from its leaves to its root. */
  final int height;

  final int blocks;

  /**
   * The hashes of the slivers as metadata lists them: for each pair the row's, then the column's.
   */
  private final MemorySegment hashes;

  /** A stack for each block, and room for one that pads. */
  private final MemorySegment nodes;

  /** Takes about n * n / 2 bytes of an arena that the threads which fill them may use. */
  MatrixTrees(int size, Arena arena) {
    this.size = size;
    this.groups = Math.ceilDiv(size, LANES);
    this.stack = stack(size);
    this.height = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    this.blocks = Math.ceilDiv(size, BLOCK);
    this.hashes = arena.allocate(2L * size * DIGEST, 64);
    this.nodes = arena.allocate((blocks + 1) * stack, 64);
  }

  /** Returns bytes that one of these takes. */
  static long memory(int size) {
    return 2L * size * DIGEST + (Math.ceilDiv(size, BLOCK) + 1) * stack(size);
  }

  /** Returns the distance between stacks, in bytes. */
  static long stack(int size) {
    return (Math.ceilDiv(size, LANES) + 1L) * GROUP;
  }

  /** Takes the root of a column. The sliver of column c is that of pair n - 1 - c. */
  void columnRoot(int column, MemorySegment groupOfRoots, int lane) {
    long pair = size - 1L - column;
    LaneHasher.get(groupOfRoots, 0, lane, hashes, (2 * pair + 1) * DIGEST);
  }

  /** Takes a stack with one node for each row. */
  void blockNodes(int block, MemorySegment from) {
    MemorySegment.copy(from, 0, nodes, block * stack, (long) groups * GROUP);
  }

  /** Finishes the trees of the rows when all blocks have come, and commits to the matrix. */
  VerifiedMetadata commit(
      EncodingParameters parameters, long blobLength, LaneHasher hasher, Engine engine) {
    fold(hasher, nodes, blocks, Math.max(0, height - BLOCK_LEVELS), 0, groups);
    for (int row = 0; row < size; row++) {
      LaneHasher.get(nodes, (long) row / LANES * GROUP, row % LANES, hashes, 2L * row * DIGEST);
    }
    try (Arena scratch = Arena.ofConfined()) {
      return VerifiedMetadata.ofHashes(
          parameters, blobLength, hashes, new LeafHasher(engine, scratch));
    }
  }

  /**
   * Hashes nodes of neighboring columns together, level by level: {@code count} stacks to one. An
   * odd level is padded by empty nodes, as in the whole tree: only the last stacks of all can be
   * odd in number.
   *
   * @param from the first group of eight rows
   * @param to the group after the last
   */
  void fold(LaneHasher hasher, MemorySegment stacks, int count, int levels, int from, int to) {
    long at = (long) from * GROUP;
    int left = count;
    for (int level = 0; level < levels; level++) {
      if (left % 2 != 0) {
        stacks.asSlice(left * stack + at, (long) (to - from) * GROUP).fill((byte) 0);
      }
      left = (left + 1) / 2;
      for (int i = 0; i < left; i++) {
        long pair = 2L * i * stack + at;
        hasher.fold(stacks, pair, pair + stack, GROUP, to - from, stacks, i * stack + at);
      }
    }
  }
}
