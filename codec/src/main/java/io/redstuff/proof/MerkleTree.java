package io.redstuff.proof;

import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * A Merkle tree with all its nodes, from which inclusion proofs are cut.
 *
 * <p>A leaf is hashed with prefix 0, two nodes with prefix 1, by BLAKE2b-256. A level of odd size,
 * other than the root, is padded by one <em>empty</em> node, which is hashed as 32 zero bytes. The
 * prefixes keep an inner node from being passed off as a leaf.
 *
 * <p>Trees are immutable and thread-safe. {@link #root(LeafHasher, MemorySegment, long, int,
 * MemorySegment)} keeps no nodes: it is for those who need many roots and no proofs.
 *
 * @since 0.1.0
 */
public final class MerkleTree {

  private static final int DIGEST_BYTES = Nodes.DIGEST_BYTES;
  private static final int PAIR_BYTES = 2 * DIGEST_BYTES;

  private final int leaves;

  /** Levels from leaves to root, each but the root padded to an even number of nodes. */
  private final byte[] nodes;

  private MerkleTree(int leaves, byte[] nodes) {
    this.leaves = leaves;
    this.nodes = nodes;
  }

  /**
   * Builds a tree over leaves that are hashed here.
   *
   * @param hasher what to hash with
   * @param data native memory with the leaves in it
   * @param offset where the first leaf begins, in bytes
   * @param stride the distance between the beginnings of two leaves, in bytes
   * @param length the length of each leaf, in bytes
   * @param leaves the number of leaves, at least 1
   * @return the tree
   * @throws IllegalArgumentException if {@code leaves} is not positive or {@code data} is not
   *     native
   * @throws IndexOutOfBoundsException if a leaf does not lie within {@code data}
   */
  public static MerkleTree ofLeaves(
      LeafHasher hasher, MemorySegment data, long offset, long stride, long length, int leaves) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment levels = arena.allocate(nodeBytes(leaves), DIGEST_BYTES);
      return ofLeaves(hasher, data, offset, stride, length, leaves, levels);
    }
  }

  /**
   * Builds a tree over leaves that are hashed here, in memory of the caller.
   *
   * @param hasher what to hash with
   * @param data native memory with the leaves in it
   * @param offset where the first leaf begins, in bytes
   * @param stride the distance between the beginnings of two leaves, in bytes
   * @param length the length of each leaf, in bytes
   * @param leaves the number of leaves, at least 1
   * @param scratch native memory of at least {@link #nodeBytes} bytes that does not overlap {@code
   *     data}; the tree does not keep it
   * @return the tree
   * @throws IllegalArgumentException if {@code leaves} is not positive or memory is not native
   * @throws IndexOutOfBoundsException if a leaf does not lie within {@code data}, or {@code
   *     scratch} is too short
   */
  public static MerkleTree ofLeaves(
      LeafHasher hasher,
      MemorySegment data,
      long offset,
      long stride,
      long length,
      int leaves,
      MemorySegment scratch) {
    MemorySegment levels = scratch.asSlice(0, nodeBytes(leaves));
    hasher.hash(
        LeafHasher.LEAF_PREFIX, data, offset, stride, length, leaves, levels, 0, DIGEST_BYTES);
    return ofFirstLevel(hasher, levels, leaves);
  }

  /**
   * Builds a tree over leaves that were hashed already, with prefix 0.
   *
   * @param hasher what to hash with
   * @param leafHashes native or heap memory with the digests of the leaves back to back
   * @param offset where the first digest begins, in bytes
   * @param leaves the number of leaves, at least 1
   * @return the tree
   * @throws IllegalArgumentException if {@code leaves} is not positive
   * @throws IndexOutOfBoundsException if the digests do not lie within {@code leafHashes}
   */
  public static MerkleTree ofLeafHashes(
      LeafHasher hasher, MemorySegment leafHashes, long offset, int leaves) {
    long bytes = (long) DIGEST_BYTES * checkLeaves(leaves);
    Objects.checkFromIndexSize(offset, bytes, leafHashes.byteSize());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment levels = arena.allocate(nodeBytes(leaves), DIGEST_BYTES);
      MemorySegment.copy(leafHashes, offset, levels, 0, bytes);
      return ofFirstLevel(hasher, levels, leaves);
    }
  }

  /** Fills in the levels above the first, and the padding of all. */
  private static MerkleTree ofFirstLevel(LeafHasher hasher, MemorySegment levels, int leaves) {
    long level = 0;
    int count = leaves;
    while (count > 1) {
      int pairs = Math.ceilDiv(count, 2);
      if ((count & 1) != 0) {
        levels.asSlice(level + (long) count * DIGEST_BYTES, DIGEST_BYTES).fill((byte) 0);
      }
      long next = level + (long) PAIR_BYTES * pairs;
      hashPairs(hasher, levels, level, pairs, levels, next);
      level = next;
      count = pairs;
    }
    return new MerkleTree(leaves, levels.toArray(ValueLayout.JAVA_BYTE));
  }

  /**
   * Computes a root without keeping a tree.
   *
   * @param hasher what to hash with
   * @param leafHashes native memory with the digests of the leaves back to back
   * @param offset where the first digest begins, in bytes
   * @param leaves the number of leaves, at least 1
   * @param scratch native memory of at least {@link #scratchBytes} bytes that overlaps nothing else
   *     here; its content is unspecified afterwards
   * @return the 32 bytes of the root
   * @throws IllegalArgumentException if {@code leaves} is not positive or memory is not native
   * @throws IndexOutOfBoundsException if the digests do not lie within {@code leafHashes}, or
   *     {@code scratch} is too short
   */
  public static byte[] root(
      LeafHasher hasher, MemorySegment leafHashes, long offset, int leaves, MemorySegment scratch) {
    long bytes = (long) DIGEST_BYTES * checkLeaves(leaves);
    Objects.checkFromIndexSize(offset, bytes, leafHashes.byteSize());
    Objects.checkFromIndexSize(0, scratchBytes(leaves), scratch.byteSize());
    if (leaves == 1) {
      return leafHashes.asSlice(offset, DIGEST_BYTES).toArray(ValueLayout.JAVA_BYTE);
    }
    // Levels alternate between two regions of the scratch. The leaves are the caller's, so an odd
    // number of them cannot be padded where they lie: the last one is hashed apart.
    int count = Math.ceilDiv(leaves, 2);
    long level = 0;
    long next = evenDigestBytes(count);
    hashPairs(hasher, leafHashes, offset, leaves / 2, scratch, level);
    if ((leaves & 1) != 0) {
      MemorySegment.copy(leafHashes, offset + bytes - DIGEST_BYTES, scratch, next, DIGEST_BYTES);
      scratch.asSlice(next + DIGEST_BYTES, DIGEST_BYTES).fill((byte) 0);
      hashPairs(hasher, scratch, next, 1, scratch, level + (count - 1L) * DIGEST_BYTES);
    }
    while (count > 1) {
      if ((count & 1) != 0) {
        scratch.asSlice(level + (long) count * DIGEST_BYTES, DIGEST_BYTES).fill((byte) 0);
      }
      count = Math.ceilDiv(count, 2);
      hashPairs(hasher, scratch, level, count, scratch, next);
      long free = level;
      level = next;
      next = free;
    }
    return scratch.asSlice(level, DIGEST_BYTES).toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * Returns how much scratch memory {@link #root(LeafHasher, MemorySegment, long, int,
   * MemorySegment) root} needs.
   *
   * @param leaves the number of leaves, at least 1
   * @return a number of bytes, about {@code 24 * leaves}
   * @throws IllegalArgumentException if {@code leaves} is not positive
   */
  public static long scratchBytes(int leaves) {
    int second = Math.ceilDiv(checkLeaves(leaves), 2);
    return evenDigestBytes(second) + evenDigestBytes(Math.ceilDiv(second, 2));
  }

  /**
   * Returns how many nodes there are on the way from a leaf up to, and without, the root: the
   * length of every inclusion proof.
   *
   * @param leaves the number of leaves, at least 1
   * @return the binary logarithm of {@code leaves}, rounded up
   * @throws IllegalArgumentException if {@code leaves} is not positive
   */
  public static int height(int leaves) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(checkLeaves(leaves) - 1);
  }

  private static void hashPairs(
      LeafHasher hasher, MemorySegment in, long offset, int pairs, MemorySegment out, long at) {
    hasher.hash(
        LeafHasher.INNER_PREFIX, in, offset, PAIR_BYTES, PAIR_BYTES, pairs, out, at, DIGEST_BYTES);
  }

  /** The length of that many digests and, if they are odd, one more. */
  private static long evenDigestBytes(int count) {
    return (long) PAIR_BYTES * Math.ceilDiv(count, 2);
  }

  /**
   * Returns how much memory all nodes of a tree take, padding included.
   *
   * @param leaves the number of leaves, at least 1
   * @return a number of bytes, about {@code 64 * leaves}
   * @throws IllegalArgumentException if {@code leaves} is not positive
   */
  public static long nodeBytes(int leaves) {
    long bytes = DIGEST_BYTES;
    for (int count = checkLeaves(leaves); count > 1; count = Math.ceilDiv(count, 2)) {
      bytes += evenDigestBytes(count);
    }
    return bytes;
  }

  private static int checkLeaves(int leaves) {
    if (leaves < 1) {
      throw new IllegalArgumentException("leaves: got " + leaves + ", expected 1 or more");
    }
    return leaves;
  }

  /** {@return the number of leaves, at least 1} */
  public int leaves() {
    return leaves;
  }

  /** {@return a fresh copy of the 32 bytes of the root} */
  public byte[] root() {
    return Arrays.copyOfRange(nodes, nodes.length - DIGEST_BYTES, nodes.length);
  }

  /**
   * Returns the proof that a leaf is in this tree at its position.
   *
   * @param index which leaf
   * @return the siblings on the way from the leaf to the root
   * @throws IndexOutOfBoundsException if there is no such leaf
   */
  public MerkleProof proof(int index) {
    int position = Objects.checkIndex(index, leaves);
    int height = height(leaves);
    byte[] siblings = new byte[height * DIGEST_BYTES];
    BitSet empty = new BitSet(height);
    int level = 0;
    int count = leaves;
    for (int i = 0; i < height; i++) {
      int sibling = position ^ 1;
      if (sibling == count) {
        empty.set(i);
      } else {
        int at = level + sibling * DIGEST_BYTES;
        System.arraycopy(nodes, at, siblings, i * DIGEST_BYTES, DIGEST_BYTES);
      }
      level += Math.toIntExact(evenDigestBytes(count));
      count = Math.ceilDiv(count, 2);
      position >>= 1;
    }
    return new MerkleProof(new Nodes(siblings, empty));
  }
}
