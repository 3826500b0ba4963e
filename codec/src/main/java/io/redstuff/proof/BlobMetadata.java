package io.redstuff.proof;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/**
 * Metadata of a blob as it was received: the length and the hashes of all slivers. Its form was
 * checked, and nothing else; only {@link #verify(EncodingParameters, BlobId) verify} turns it into
 * something that can be relied on.
 *
 * <p>Immutable and thread-safe. It takes as much memory as its encoding.
 */
public final class BlobMetadata {

  /** The only version of the layout there is. */
  static final int V1 = 0;

  /** Variant 0 is a code the network no longer uses; variant 1 is the one of this library. */
  static final int ENCODING_TYPE = 1;

  private static final String WHAT = "blob metadata";
  private static final int HEADER_BYTES = 2 + Long.BYTES;
  private static final int MIN_PAIR_BYTES = 2 * Node.MIN_BCS_LENGTH;
  private static final int MAX_PAIR_BYTES = 2 * Node.MAX_BCS_LENGTH;
  private static final int MAX_BCS_LENGTH =
      bcsLength(EncodingParameters.MAX_SHARDS, EncodingParameters.MAX_SHARDS * MAX_PAIR_BYTES);

  private final BlobId claimedId;
  private final long blobLength;
  private final int shards;

  /** The encoding without the id. Every node in it was read, so it can be walked without checks. */
  private final byte[] bcs;

  private final int pairsAt;

  private BlobMetadata(BlobId claimedId, long blobLength, int shards, byte[] bcs, int pairsAt) {
    this.claimedId = claimedId;
    this.blobLength = blobLength;
    this.shards = shards;
    this.bcs = bcs;
    this.pairsAt = pairsAt;
  }

  /**
   * Reads BCS blob metadata with id.
   *
   * @param bcs the whole encoding; copied
   * @return the metadata, nothing of it proven
   * @throws MalformedDataException if it is not the canonical encoding of metadata for at most
   *     49155 shards
   */
  public static BlobMetadata parse(byte[] bcs) throws MalformedDataException {
    return parse(MemorySegment.ofArray(bcs));
  }

  /**
   * Reads BCS blob metadata with id.
   *
   * @param bcs the whole encoding, native or heap; copied
   * @return the metadata, nothing of it proven
   * @throws MalformedDataException if it is not the canonical encoding of metadata for at most
   *     49155 shards
   */
  public static BlobMetadata parse(MemorySegment bcs) throws MalformedDataException {
    BcsReader reader = new BcsReader(copy(bcs, BlobId.BYTES + MAX_BCS_LENGTH));
    byte[] id = reader.fixed("blob id", BlobId.BYTES).toArray(ValueLayout.JAVA_BYTE);
    return read(BlobId.of(id), reader);
  }

  /**
   * Reads BCS blob metadata.
   *
   * @param claimedId the id of the blob it is said to be of
   * @param bcs the whole encoding; copied
   * @return the metadata, nothing of it proven
   * @throws MalformedDataException if it is not the canonical encoding of metadata for at most
   *     49155 shards
   */
  public static BlobMetadata parseWithoutId(BlobId claimedId, byte[] bcs)
      throws MalformedDataException {
    return parseWithoutId(claimedId, MemorySegment.ofArray(bcs));
  }

  /**
   * Reads BCS blob metadata.
   *
   * @param claimedId the id of the blob it is said to be of
   * @param bcs the whole encoding, native or heap; copied
   * @return the metadata, nothing of it proven
   * @throws MalformedDataException if it is not the canonical encoding of metadata for at most
   *     49155 shards
   */
  public static BlobMetadata parseWithoutId(BlobId claimedId, MemorySegment bcs)
      throws MalformedDataException {
    Objects.requireNonNull(claimedId, "claimedId");
    return read(claimedId, new BcsReader(copy(bcs, MAX_BCS_LENGTH)));
  }

  /** Copies before reading, so that memory changed meanwhile cannot get past the checks. */
  private static byte[] copy(MemorySegment bcs, int maxLength) throws MalformedDataException {
    if (bcs.byteSize() > maxLength) {
      throw new MalformedDataException(
          maxLength, WHAT + ": got " + bcs.byteSize() + " bytes, expected at most " + maxLength);
    }
    return bcs.toArray(ValueLayout.JAVA_BYTE);
  }

  private static BlobMetadata read(BlobId claimedId, BcsReader reader)
      throws MalformedDataException {
    long start = reader.position();
    reader.variant("metadata version", V1 + 1);
    long typeAt = reader.position();
    int type = reader.variant("encoding type", ENCODING_TYPE + 1);
    if (type != ENCODING_TYPE) {
      throw new MalformedDataException(
          typeAt, "encoding type: got variant " + type + ", expected " + ENCODING_TYPE);
    }
    long blobLength = reader.u63("blob length");
    long countAt = reader.position();
    long count = reader.count("sliver pair hashes", MIN_PAIR_BYTES);
    if (count > EncodingParameters.MAX_SHARDS) {
      throw new MalformedDataException(
          countAt,
          "sliver pair hashes: got "
              + count
              + ", expected at most "
              + EncodingParameters.MAX_SHARDS);
    }
    int pairsAt = (int) (reader.position() - start);
    for (long i = 0; i < count; i++) {
      Node.skip(reader, "primary hash");
      Node.skip(reader, "secondary hash");
    }
    reader.end(WHAT);
    byte[] bcs = reader.since(start).toArray(ValueLayout.JAVA_BYTE);
    return new BlobMetadata(claimedId, blobLength, (int) count, bcs, pairsAt);
  }

  private static int bcsLength(int shards, int pairBytes) {
    return HEADER_BYTES + BcsWriter.uleb128Length(shards) + pairBytes;
  }

  /** Writes metadata in which no hash is empty. */
  static byte[] write(long blobLength, int shards, byte[] hashes) {
    byte[] out = new byte[bcsLength(shards, shards * MAX_PAIR_BYTES)];
    MemorySegment nodes = MemorySegment.ofArray(hashes);
    BcsWriter writer = new BcsWriter(out);
    writer.variant(V1).variant(ENCODING_TYPE).u64(blobLength).count(shards);
    for (long at = 0; at < hashes.length; at += Node.DIGEST_BYTES) {
      writer.variant(Node.DIGEST_VARIANT).fixed(nodes.asSlice(at, Node.DIGEST_BYTES));
    }
    return out;
  }

  static byte[] prepend(BlobId id, byte[] bcs) {
    byte[] out = new byte[BlobId.BYTES + bcs.length];
    new BcsWriter(out).fixed(id.toBytes()).fixed(bcs);
    return out;
  }

  /**
   * Returns the id of the blob this is said to be of.
   *
   * @return the id, unproven
   */
  public BlobId claimedId() {
    return claimedId;
  }

  /**
   * Returns the length the blob is said to have.
   *
   * @return the length in bytes, not negative, unproven, and possibly beyond the limit of any
   *     encoding
   */
  public long blobLength() {
    return blobLength;
  }

  /**
   * Returns how many pairs of hashes there are.
   *
   * @return the number, from 0 to 49155
   */
  public int shards() {
    return shards;
  }

  /**
   * Checks this metadata against the id it came with. That proves that length and hashes belong to
   * that id; whether it is the id of the blob that was meant is for the caller to know.
   *
   * @param parameters the encoding parameters of the network
   * @return the same metadata, proven
   * @throws VerificationException if the number of hashes is not that of the shards ({@link
   *     Reason#WRONG_SHARD_COUNT}), the blob is too long ({@link Reason#BLOB_TOO_LARGE}), a hash is
   *     missing ({@link Reason#EMPTY_HASH}), or the id is another one ({@link
   *     Reason#BLOB_ID_MISMATCH}); checked in this order
   */
  public VerifiedMetadata verify(EncodingParameters parameters) throws VerificationException {
    return verify(parameters, claimedId);
  }

  /**
   * Checks this metadata against the id of the blob that was meant.
   *
   * @param parameters the encoding parameters of the network
   * @param expected the id known from elsewhere, which must also be the one that was claimed
   * @return the same metadata, proven
   * @throws VerificationException if the number of hashes is not that of the shards ({@link
   *     Reason#WRONG_SHARD_COUNT}), the blob is too long ({@link Reason#BLOB_TOO_LARGE}), a hash is
   *     missing ({@link Reason#EMPTY_HASH}), or the id is another one ({@link
   *     Reason#BLOB_ID_MISMATCH}); checked in this order
   */
  public VerifiedMetadata verify(EncodingParameters parameters, BlobId expected)
      throws VerificationException {
    Objects.requireNonNull(expected, "expected");
    if (shards != parameters.shards()) {
      throw new VerificationException(
          Reason.WRONG_SHARD_COUNT, "shards: got " + shards + ", expected " + parameters.shards());
    }
    if (blobLength > parameters.maxBlobLength()) {
      throw new VerificationException(
          Reason.BLOB_TOO_LARGE,
          "blob length: got "
              + blobLength
              + ", expected at most "
              + parameters.maxBlobLength()
              + " with "
              + shards
              + " shards");
    }
    byte[] hashes = hashes();
    checkId("claimed", claimedId, expected);
    VerifiedMetadata verified = VerifiedMetadata.ofHashes(parameters, blobLength, hashes);
    checkId("computed", verified.blobId(), expected);
    return verified;
  }

  private static void checkId(String kind, BlobId got, BlobId expected)
      throws VerificationException {
    if (!got.equals(expected)) {
      throw new VerificationException(
          Reason.BLOB_ID_MISMATCH, kind + " blob id: got " + got + ", expected " + expected);
    }
  }

  private byte[] hashes() throws VerificationException {
    byte[] hashes = new byte[2 * Node.DIGEST_BYTES * shards];
    int at = pairsAt;
    for (int i = 0; i < 2 * shards; i++) {
      if (bcs[at] == Node.EMPTY_VARIANT) {
        throw new VerificationException(
            Reason.EMPTY_HASH,
            Axis.ofVariant(i & 1)
                + " hash of sliver pair "
                + (i >> 1)
                + ": got an empty node, expected a digest");
      }
      System.arraycopy(bcs, at + 1, hashes, i * Node.DIGEST_BYTES, Node.DIGEST_BYTES);
      at += Node.MAX_BCS_LENGTH;
    }
    return hashes;
  }

  /**
   * Returns the BCS blob metadata with id.
   *
   * @return the claimed id and what {@link #toBcsWithoutId()} returns
   */
  public byte[] toBcs() {
    return prepend(claimedId, bcs);
  }

  /**
   * Returns the BCS blob metadata.
   *
   * @return a fresh copy
   */
  public byte[] toBcsWithoutId() {
    return bcs.clone();
  }

  /** Compares the claimed id and everything else. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BlobMetadata that
        && claimedId.equals(that.claimedId)
        && Arrays.equals(bcs, that.bcs);
  }

  @Override
  public int hashCode() {
    return 31 * claimedId.hashCode() + Arrays.hashCode(bcs);
  }

  /**
   * Returns what is claimed, without the hashes.
   *
   * @return text such as {@code "unverified metadata of <id> (12 bytes, 4 shards)"}
   */
  @Override
  public String toString() {
    return "unverified metadata of "
        + claimedId
        + " ("
        + blobLength
        + " bytes, "
        + shards
        + " shards)";
  }
}
