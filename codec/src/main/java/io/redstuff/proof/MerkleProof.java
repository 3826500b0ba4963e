package io.redstuff.proof;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.simd.hash.PathHasher;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An inclusion proof: the siblings on the way from a leaf of a {@link MerkleTree} to the root.
 *
 * <p>The proof binds the position. It is refused for any other index, and also when it is not
 * exactly as long as a tree with that many leaves is high; otherwise a shorter path could start at
 * an inner node, and indices that differ only in their upper bits could not be told apart.
 *
 * <p>Immutable and thread-safe. On the wire: vector of nodes, each empty or a digest.
 *
 * @since 0.1.0
 */
public final class MerkleProof {

  /** No tree whose leaves are counted by an {@code int} is higher. */
  private static final int MAX_LENGTH = 31;

  private static final String WHAT = "Merkle proof";

  private final Nodes siblings;

  MerkleProof(Nodes siblings) {
    this.siblings = siblings;
  }

  /**
   * Reads a BCS Merkle proof.
   *
   * @param bcs the whole encoding; copied
   * @return the proof, of which nothing is known but its form
   * @throws MalformedDataException if it is not the canonical encoding of at most 31 nodes
   */
  public static MerkleProof parse(byte[] bcs) throws MalformedDataException {
    return parse(MemorySegment.ofArray(bcs));
  }

  /**
   * Reads a BCS Merkle proof.
   *
   * @param bcs the whole encoding, native or heap; copied
   * @return the proof, of which nothing is known but its form
   * @throws MalformedDataException if it is not the canonical encoding of at most 31 nodes
   */
  public static MerkleProof parse(MemorySegment bcs) throws MalformedDataException {
    return BcsReader.parse(bcs, WHAT, MerkleProof::read);
  }

  static MerkleProof read(BcsReader reader) throws MalformedDataException {
    long start = reader.position();
    long count = reader.count(WHAT, Nodes.MIN_BCS_LENGTH);
    if (count > MAX_LENGTH) {
      throw new MalformedDataException(
          start, WHAT + ": got " + count + " nodes, expected at most " + MAX_LENGTH);
    }
    return new MerkleProof(Nodes.read(reader, (int) count, "node of Merkle proof"));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  void write(BcsWriter writer) {
    siblings.write(writer.count(length()));
  }

  /** Returns the siblings as they are hashed, 32 bytes for each level, not to be written to. */
  byte[] siblings() {
    return siblings.digests();
  }

  /**
   * {@return a copy of the siblings as they are hashed, 32 bytes for each level from the leaf up:
   * of an empty node, and of a digest of zeros, zeros}
   */
  public byte[] digests() {
    return siblings().clone();
  }

  /** {@return how long the path is: the number of siblings} */
  public int length() {
    return siblings.count();
  }

  /**
   * Computes the root that this proof leads to.
   *
   * @param leaf the content of the leaf, not its digest
   * @param index the position of the leaf
   * @param leaves the number of leaves of the tree, at least 1
   * @return the 32 bytes of the root
   * @throws VerificationException if the index is not below the number of leaves ({@link
   *     Reason#INDEX_OUT_OF_RANGE}) or the path is not as long as the tree is high ({@link
   *     Reason#PATH_LENGTH})
   * @throws IllegalArgumentException if {@code leaves} is not positive
   */
  public byte[] computeRoot(byte[] leaf, int index, int leaves) throws VerificationException {
    return computeRoot(MemorySegment.ofArray(leaf), index, leaves);
  }

  /**
   * Computes the root that this proof leads to.
   *
   * @param leaf the content of the leaf, not its digest; native or heap
   * @param index the position of the leaf
   * @param leaves the number of leaves of the tree, at least 1
   * @return the 32 bytes of the root
   * @throws VerificationException if the index is not below the number of leaves ({@link
   *     Reason#INDEX_OUT_OF_RANGE}) or the path is not as long as the tree is high ({@link
   *     Reason#PATH_LENGTH})
   * @throws IllegalArgumentException if {@code leaves} is not positive
   */
  public byte[] computeRoot(MemorySegment leaf, int index, int leaves)
      throws VerificationException {
    int height = MerkleTree.height(leaves);
    if (index < 0 || index >= leaves) {
      throw new VerificationException(
          Reason.INDEX_OUT_OF_RANGE,
          "leaf index: got " + index + ", expected 0 to " + (leaves - 1));
    }
    if (length() != height) {
      throw new VerificationException(
          Reason.PATH_LENGTH,
          "Merkle path: got %s nodes, expected %s for %s leaves"
              .formatted(length(), height, leaves));
    }
    PathHasher hasher = new PathHasher();
    hasher.begin(leaf);
    for (int level = 0; level < height; level++) {
      boolean isLeft = (index >> level & 1) == 0;
      hasher.climb(siblings(), level * Nodes.DIGEST_BYTES, isLeft);
    }
    return hasher.digest();
  }

  /**
   * Checks that a leaf is in the tree with a given root, at a given position.
   *
   * @param root the 32 bytes of the root
   * @param leaf the content of the leaf, not its digest
   * @param index the position of the leaf
   * @param leaves the number of leaves of the tree, at least 1
   * @throws VerificationException with {@link Reason#ROOT_MISMATCH} if the path leads to another
   *     root, else as {@link #computeRoot(byte[], int, int)}
   * @throws IllegalArgumentException if {@code leaves} is not positive or the root has not 32 bytes
   */
  public void verify(byte[] root, byte[] leaf, int index, int leaves) throws VerificationException {
    verify(root, MemorySegment.ofArray(leaf), index, leaves);
  }

  /**
   * Checks that a leaf is in the tree with a given root, at a given position.
   *
   * @param root the 32 bytes of the root
   * @param leaf the content of the leaf, not its digest; native or heap
   * @param index the position of the leaf
   * @param leaves the number of leaves of the tree, at least 1
   * @throws VerificationException with {@link Reason#ROOT_MISMATCH} if the path leads to another
   *     root, else as {@link #computeRoot(MemorySegment, int, int)}
   * @throws IllegalArgumentException if {@code leaves} is not positive or the root has not 32 bytes
   */
  public void verify(byte[] root, MemorySegment leaf, int index, int leaves)
      throws VerificationException {
    if (root.length != Nodes.DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "root: got " + root.length + " bytes, expected " + Nodes.DIGEST_BYTES);
    }
    byte[] computed = computeRoot(leaf, index, leaves);
    if (!Arrays.equals(computed, root)) {
      HexFormat hex = HexFormat.of();
      throw new VerificationException(
          Reason.ROOT_MISMATCH,
          "Merkle root of leaf %s: got %s, expected %s"
              .formatted(index, hex.formatHex(computed), hex.formatHex(root)));
    }
  }

  /** Compares all nodes; an empty node differs from a digest of zeros. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MerkleProof that && siblings.equals(that.siblings);
  }

  @Override
  public int hashCode() {
    return siblings.hashCode();
  }

  @Override
  public String toString() {
    return WHAT + " of " + length() + " nodes";
  }
}
