package io.redstuff.proof;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/**
 * The hashes of the two slivers of one pair, with the way from them to the blob id: some 400 bytes
 * that do for one pair what the metadata, 66 kB at 1000 shards, do for all.
 *
 * <p>Leaf of the metadata's tree is the one hash behind the other; the path leads from it to the
 * root; encoding type, length and root are hashed to the blob id. Neither root nor id are a part of
 * it: they follow.
 *
 * <p>Immutable; nothing is proven. On the wire: u16 pair, variant of the encoding type, u64 length
 * of the blob, both hashes as two nodes, Merkle proof.
 *
 * @since 0.1.0
 */
public final class SliverOpening {
  private static final String WHAT = "sliver opening";

  private final SliverPairIndex pair;
  private final long blobLength;
  private final SliverPairHashes hashes;
  private final MerkleProof proof;

  /**
   * Puts the parts together.
   *
   * @param pair the pair
   * @param blobLength the length of the blob in bytes
   * @param hashes the hashes of the pair's slivers
   * @param proof the path from the hashes to the root over those of all pairs
   * @throws IllegalArgumentException if the length is negative
   */
  public SliverOpening(
      SliverPairIndex pair, long blobLength, SliverPairHashes hashes, MerkleProof proof) {
    if (blobLength < 0) {
      throw new IllegalArgumentException("blob length: got " + blobLength + ", expected 0 or more");
    }
    this.pair = Objects.requireNonNull(pair, "pair");
    this.blobLength = blobLength;
    this.hashes = Objects.requireNonNull(hashes, "hashes");
    this.proof = Objects.requireNonNull(proof, "proof");
  }

  /**
   * Cuts an opening from metadata.
   *
   * @param metadata of the blob
   * @param tree the {@linkplain VerifiedMetadata#tree tree} over its hashes
   * @param pair which pair
   * @return the opening of that pair
   * @throws IllegalArgumentException if it is the tree of other metadata
   * @throws IndexOutOfBoundsException if there is no such pair
   */
  public static SliverOpening of(VerifiedMetadata metadata, MerkleTree tree, SliverPairIndex pair) {
    if (!Arrays.equals(tree.root(), metadata.rootHash())) {
      throw new IllegalArgumentException("tree: got one of other metadata, expected that of these");
    }
    return new SliverOpening(
        pair, metadata.blobLength(), metadata.hashes(pair), tree.proof(pair.value()));
  }

  /**
   * Reads the wire form.
   *
   * @param bcs all of it
   * @return the opening; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of an opening
   */
  public static SliverOpening parse(byte[] bcs) throws MalformedDataException {
    return parse(MemorySegment.ofArray(bcs));
  }

  /**
   * Reads the wire form.
   *
   * @param bcs all of it, native or heap; copied
   * @return the opening; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of an opening
   */
  public static SliverOpening parse(MemorySegment bcs) throws MalformedDataException {
    return BcsReader.parse(bcs, WHAT, SliverOpening::read);
  }

  private static SliverOpening read(BcsReader reader) throws MalformedDataException {
    SliverPairIndex pair = SliverPairIndex.of(reader.u16("pair"));
    BlobMetadata.readEncodingType(reader);
    long blobLength = reader.u63("blob length");
    SliverPairHashes hashes = SliverPairHashes.read(reader);
    return new SliverOpening(pair, blobLength, hashes, MerkleProof.read(reader));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        writer -> {
          writer.u16(pair.value()).variant(BlobMetadata.ENCODING_TYPE).u64(blobLength);
          hashes.write(writer);
          proof.write(writer);
        });
  }

  /** {@return the pair} */
  public SliverPairIndex pair() {
    return pair;
  }

  /** {@return the length of the blob in bytes, unproven} */
  public long blobLength() {
    return blobLength;
  }

  /** {@return the hashes of the pair's slivers, unproven} */
  public SliverPairHashes hashes() {
    return hashes;
  }

  /** {@return the path from the hashes to the metadata's root} */
  public MerkleProof proof() {
    return proof;
  }

  /**
   * Proves that these are the hashes of this pair of a blob.
   *
   * @param parameters the encoding parameters of the network
   * @param expected the id of the blob
   * @return the same hashes, proven
   * @throws VerificationException with {@link Reason#INDEX_OUT_OF_RANGE} if there is no such pair,
   *     {@link Reason#BLOB_TOO_LARGE}, {@link Reason#PATH_LENGTH}, or {@link
   *     Reason#BLOB_ID_MISMATCH} if the path leads to another blob
   */
  public VerifiedOpening verify(EncodingParameters parameters, BlobId expected)
      throws VerificationException {
    checkShape(parameters);
    byte[] root = proof.computeRoot(hashes.digests(), pair.value(), parameters.shards());
    return verifiedBy(root, parameters, expected);
  }

  /** Checks all that {@link #verify} checks but the hashes. */
  void checkShape(EncodingParameters parameters) throws VerificationException {
    int shards = parameters.shards();
    if (pair.value() >= shards) {
      throw new VerificationException(
          Reason.INDEX_OUT_OF_RANGE,
          "%s: got pair %s, expected an index below %s".formatted(WHAT, pair, shards));
    }
    BlobMetadata.checkLength(blobLength, parameters);
    int height = MerkleTree.height(shards);
    if (proof.length() != height) {
      throw new VerificationException(
          Reason.PATH_LENGTH,
          "%s: got a path of %s nodes, expected %s".formatted(WHAT, proof.length(), height));
    }
  }

  /** Returns the same hashes, proven, if the root to which the path leads is the blob's. */
  VerifiedOpening verifiedBy(byte[] root, EncodingParameters parameters, BlobId expected)
      throws VerificationException {
    BlobMetadata.checkId("opened", VerifiedMetadata.computeBlobId(blobLength, root), expected);
    return new VerifiedOpening(this, parameters, expected);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SliverOpening that
        && pair.equals(that.pair)
        && blobLength == that.blobLength
        && hashes.equals(that.hashes)
        && proof.equals(that.proof);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pair, blobLength, hashes, proof);
  }

  @Override
  public String toString() {
    return "opening of pair " + pair + " of a blob of " + blobLength + " bytes";
  }
}
