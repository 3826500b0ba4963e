package io.redstuff.internal.matrix;

import io.redstuff.simd.hash.LaneHasher;
import io.redstuff.simd.hash.ProductLeaves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The roots of Merkle trees over multiples of one sequence of symbols, eight trees at a time. Of a
 * run of zeros in the sequence no leaf and no node is computed again.
 *
 * <p>Not thread-safe.
 */
final class ProductTrees {
  private static final int GROUP = LaneHasher.GROUP_BYTES;

  /** Levels that are folded while they are in the nearest cache. */
  private static final int BLOCK_LEVELS = 6;

  private static final int BLOCK = 1 << BLOCK_LEVELS;

  private final int size;
  private final int height;
  private final ProductLeaves products;
  private final LaneHasher hasher;

  /** Leaf hashes of a block, and room for one that pads; then its nodes. */
  private final MemorySegment block;

  /** One node of each block, and room for one that pads. */
  private final MemorySegment nodes;

  /** For each level a group of nodes over nothing but zeros. */
  private final MemorySegment zeros;

  /** The group that pads. */
  private final MemorySegment empty;

  /** Takes about 20 KiB and 4 bytes for each leaf of a tree. */
  ProductTrees(int size, ProductLeaves products, LaneHasher hasher, Arena arena) {
    this.size = size;
    this.height = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    this.products = products;
    this.hasher = hasher;
    this.block = arena.allocate((BLOCK + 1L) * GROUP, 64);
    this.nodes = arena.allocate((Math.ceilDiv(size, BLOCK) + 1L) * GROUP, 64);
    this.zeros = arena.allocate((height + 1L) * GROUP, 64);
    this.empty = arena.allocate(GROUP, 64);
    char[] zero = {ProductLeaves.LOG_OF_ZERO};
    products.lookUp(zero, 0, 1, new char[LaneHasher.LANES], zeros, 0);
    for (int level = 0; level < height; level++) {
      long at = (long) level * GROUP;
      hasher.fold(zeros, at, at, GROUP, 1, zeros, at + GROUP);
    }
  }

  /** Returns bytes of native memory that one of these takes. */
  static long memory(int size) {
    int height = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    return (BLOCK + Math.ceilDiv(size, BLOCK) + height + 4L) * GROUP;
  }

  /**
   * Computes the roots of eight trees: leaf i of the tree in lane l is symbol i times factor l.
   *
   * @param logs the logarithms of the symbols, as {@link ProductLeaves} wants them; those from
   *     {@code zeroFrom} to {@code zeroTo} are of zeros
   * @param factors the eight logarithms of the factors, none of them of zero
   * @param out gets the group of roots at offset {@code at}
   */
  void roots(char[] logs, int zeroFrom, int zeroTo, char[] factors, MemorySegment out, long at) {
    int blocks = Math.ceilDiv(size, BLOCK);
    int levels = Math.min(height, BLOCK_LEVELS);
    for (int i = 0; i < blocks; i++) {
      int first = i * BLOCK;
      int count = Math.min(BLOCK, size - first);
      int from = Math.clamp(zeroFrom - first, 0, count);
      int to = Math.clamp(zeroTo - first, from, count);
      products.lookUp(logs, first, from, factors, block, 0);
      putZeros(0, block, from, to);
      products.lookUp(logs, first + to, count - to, factors, block, (long) to * GROUP);
      fold(block, count, 0, levels, from, to);
      MemorySegment.copy(block, 0, nodes, (long) i * GROUP, GROUP);
    }
    fold(nodes, blocks, levels, height - levels, Math.ceilDiv(zeroFrom, BLOCK), zeroTo / BLOCK);
    MemorySegment.copy(nodes, 0, out, at, GROUP);
  }

  /**
   * Folds groups of nodes of a level to one, so many levels up. Those from {@code zeroFrom} to
   * {@code zeroTo} are over zeros alone.
   */
  private void fold(
      MemorySegment groups, int count, int level, int levels, int zeroFrom, int zeroTo) {
    int left = count;
    int from = zeroFrom;
    int to = zeroTo;
    for (int i = 1; i <= levels; i++) {
      if (left % 2 != 0) {
        MemorySegment.copy(empty, 0, groups, (long) left * GROUP, GROUP);
      }
      left = (left + 1) / 2;
      from = (from + 1) / 2;
      to = Math.max(from, to / 2);
      foldRange(groups, 0, from);
      putZeros(level + i, groups, from, to);
      foldRange(groups, to, left);
    }
  }

  private void foldRange(MemorySegment groups, int from, int to) {
    long left = 2L * from * GROUP;
    hasher.fold(groups, left, left + GROUP, 2L * GROUP, to - from, groups, (long) from * GROUP);
  }

  private void putZeros(int level, MemorySegment groups, int from, int to) {
    for (int i = from; i < to; i++) {
      MemorySegment.copy(zeros, (long) level * GROUP, groups, (long) i * GROUP, GROUP);
    }
  }
}
