package io.redstuff.proof;

import io.redstuff.simd.hash.Blake2b;

/**
 * The root by recursion from the top, as the definition reads; nothing shared with the real one.
 */
final class NaiveMerkle {

  private NaiveMerkle() {}

  static byte[] root(byte[][] leaves) {
    int height = 0;
    while (1L << height < leaves.length) {
      height++;
    }
    return node(leaves, height, 0);
  }

  /** The node at a height, or null if it is beyond the end of its level. */
  private static byte[] node(byte[][] leaves, int height, int index) {
    if (height == 0) {
      return index < leaves.length ? Blake2b.hash(new byte[] {0}, leaves[index]) : null;
    }
    byte[] left = node(leaves, height - 1, 2 * index);
    if (left == null) {
      return null;
    }
    byte[] right = node(leaves, height - 1, 2 * index + 1);
    return Blake2b.hash(new byte[] {1}, left, right == null ? new byte[32] : right);
  }
}
