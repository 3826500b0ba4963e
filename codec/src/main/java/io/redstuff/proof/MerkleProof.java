package io.redstuff.proof;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.simd.PathHasher;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An inclusion proof: the siblings on the way from a leaf of a {@link MerkleTree} to the root.
 *
 * <p>The proof binds the position. It is refused for any other index, and also when it is not
 * exactly as long as a tree with that many leaves is high; otherwise a shorter path could start at
 * an inner node, and indices that differ only in their upper bits could not be told apart.
 *
 * <p>Immutable and thread-safe.
 */
public final class MerkleProof {

  /** No tree whose leaves are counted by an {@code int} is higher. */
  private static final int MAX_LENGTH = 31;

  private static final String WHAT = "Merkle proof";

  /** For each level 32 bytes; those of an empty node are zero, as they are hashed. */
  private final byte[] siblings;

  /** Bit i is set if the node of level i is empty and not a digest of zeros. */
  private final int empty;

  /** Takes ownership of the array. */
  MerkleProof(byte[] siblings, int empty) {
    this.siblings = siblings;
    this.empty = empty;
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
    BcsReader reader = new BcsReader(bcs);
    MerkleProof proof = read(reader);
    reader.end(WHAT);
    return proof;
  }

  static MerkleProof read(BcsReader reader) throws MalformedDataException {
    long start = reader.position();
    long count = reader.count(WHAT, Node.MIN_BCS_LENGTH);
    if (count > MAX_LENGTH) {
      throw new MalformedDataException(
          start, WHAT + ": got " + count + " nodes, expected at most " + MAX_LENGTH);
    }
    byte[] siblings = new byte[(int) count * Node.DIGEST_BYTES];
    int empty = 0;
    for (int i = 0; i < count; i++) {
      byte[] node = Node.read(reader, "node of Merkle proof");
      if (Node.isEmpty(node)) {
        empty |= 1 << i;
      } else {
        System.arraycopy(node, 0, siblings, i * Node.DIGEST_BYTES, Node.DIGEST_BYTES);
      }
    }
    return new MerkleProof(siblings, empty);
  }

  /**
   * Returns the BCS Merkle proof.
   *
   * @return a vector of nodes
   */
  public byte[] toBcs() {
    byte[] out = new byte[bcsLength()];
    write(new BcsWriter(out));
    return out;
  }

  int bcsLength() {
    return BcsWriter.uleb128Length(length())
        + length() * Node.MAX_BCS_LENGTH
        - Integer.bitCount(empty) * Node.DIGEST_BYTES;
  }

  /**
   * The proof's own bytes, not to be written to: for each level the 32 that stand for the sibling
   * in the hash of their parent.
   */
  byte[] siblings() {
    return siblings;
  }

  void write(BcsWriter writer) {
    writer.count(length());
    for (int i = 0; i < length(); i++) {
      Node.write(writer, isEmpty(i) ? Node.EMPTY : sibling(i));
    }
  }

  private boolean isEmpty(int level) {
    return (empty >> level & 1) != 0;
  }

  /** A copy of the 32 bytes that stand for the sibling on a level in the hash of their parent. */
  private byte[] sibling(int level) {
    int from = level * Node.DIGEST_BYTES;
    return Arrays.copyOfRange(siblings, from, from + Node.DIGEST_BYTES);
  }

  /**
   * Returns how long the path is.
   *
   * @return the number of siblings
   */
  public int length() {
    return siblings.length / Node.DIGEST_BYTES;
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
          "Merkle path: got "
              + length()
              + " nodes, expected "
              + height
              + " for "
              + leaves
              + " leaves");
    }
    PathHasher hasher = new PathHasher();
    hasher.begin(leaf);
    for (int level = 0; level < height; level++) {
      boolean isLeft = (index >> level & 1) == 0;
      hasher.climb(siblings, level * Node.DIGEST_BYTES, isLeft);
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
   * @throws VerificationException if the index is not below the number of leaves ({@link
   *     Reason#INDEX_OUT_OF_RANGE}), the path is not as long as the tree is high ({@link
   *     Reason#PATH_LENGTH}), or it leads to another root ({@link Reason#ROOT_MISMATCH})
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
   * @throws VerificationException if the index is not below the number of leaves ({@link
   *     Reason#INDEX_OUT_OF_RANGE}), the path is not as long as the tree is high ({@link
   *     Reason#PATH_LENGTH}), or it leads to another root ({@link Reason#ROOT_MISMATCH})
   * @throws IllegalArgumentException if {@code leaves} is not positive or the root has not 32 bytes
   */
  public void verify(byte[] root, MemorySegment leaf, int index, int leaves)
      throws VerificationException {
    if (Objects.requireNonNull(root, "root").length != Node.DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "root: got " + root.length + " bytes, expected " + Node.DIGEST_BYTES);
    }
    byte[] computed = computeRoot(leaf, index, leaves);
    if (!Arrays.equals(computed, root)) {
      HexFormat hex = HexFormat.of();
      throw new VerificationException(
          Reason.ROOT_MISMATCH,
          "Merkle root of leaf "
              + index
              + ": got "
              + hex.formatHex(computed)
              + ", expected "
              + hex.formatHex(root));
    }
  }

  /** Compares all nodes; an empty node differs from a digest of zeros. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MerkleProof that
        && empty == that.empty
        && Arrays.equals(siblings, that.siblings);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(siblings) + empty;
  }

  /**
   * Returns a short description.
   *
   * @return text such as {@code "Merkle proof of 10 nodes"}
   */
  @Override
  public String toString() {
    return WHAT + " of " + length() + " nodes";
  }
}
