package io.redstuff.proof;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
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
 *
 * @since 0.1.0
 */
public final class BlobMetadata {

  /** The only version of the layout there is. */
  static final int V1 = 0;

  /** Variant 0 is a code the network no longer uses; variant 1 is the one of this library. */
  static final int ENCODING_TYPE = 1;

  private static final String WHAT = "blob metadata";
  private static final String[] HASHES = {"primary hash", "secondary hash"};
  private static final int MAX_BCS_LENGTH =
      2
          + Long.BYTES
          + BcsWriter.uleb128Length(EncodingParameters.MAX_SHARDS)
          + EncodingParameters.MAX_SHARDS * 2 * Nodes.MAX_BCS_LENGTH;

  private final BlobId claimedId;
  private final long blobLength;
  private final int shards;

  /** The encoding without the id; kept since empty nodes take 32 times as much when taken apart. */
  private final byte[] bcs;

  private final int hashesAt;

  private BlobMetadata(BlobId claimedId, long blobLength, int shards, byte[] bcs, int hashesAt) {
    this.claimedId = claimedId;
    this.blobLength = blobLength;
    this.shards = shards;
    this.bcs = bcs;
    this.hashesAt = hashesAt;
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
    return BcsReader.parse(
        copy(bcs, BlobId.BYTES + MAX_BCS_LENGTH),
        WHAT,
        reader -> {
          MemorySegment id = reader.fixed("blob id", BlobId.BYTES);
          return read(BlobId.of(id.toArray(ValueLayout.JAVA_BYTE)), reader);
        });
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
    return BcsReader.parse(copy(bcs, MAX_BCS_LENGTH), WHAT, reader -> read(claimedId, reader));
  }

  /** Copies before reading, so that memory changed meanwhile cannot get past the checks. */
  private static MemorySegment copy(MemorySegment bcs, int maxLength)
      throws MalformedDataException {
    if (bcs.byteSize() > maxLength) {
      throw new MalformedDataException(
          maxLength, WHAT + ": got " + bcs.byteSize() + " bytes, expected at most " + maxLength);
    }
    return MemorySegment.ofArray(bcs.toArray(ValueLayout.JAVA_BYTE));
  }

  private static BlobMetadata read(BlobId claimedId, BcsReader reader)
      throws MalformedDataException {
    long start = reader.position();
    reader.variant("metadata version", V1 + 1);
    readEncodingType(reader);
    long blobLength = reader.u63("blob length");
    long countAt = reader.position();
    long count = reader.count("sliver pair hashes", 2 * Nodes.MIN_BCS_LENGTH);
    if (count > EncodingParameters.MAX_SHARDS) {
      throw new MalformedDataException(
          countAt,
          "sliver pair hashes: got %s, expected at most %s"
              .formatted(count, EncodingParameters.MAX_SHARDS));
    }
    int hashesAt = (int) (reader.position() - start);
    Nodes.skip(reader, 2 * (int) count, HASHES);
    byte[] bcs = reader.since(start).toArray(ValueLayout.JAVA_BYTE);
    return new BlobMetadata(claimedId, blobLength, (int) count, bcs, hashesAt);
  }

  /** Reads the encoding type, of which only one is accepted. */
  static void readEncodingType(BcsReader reader) throws MalformedDataException {
    long start = reader.position();
    int type = reader.variant("encoding type", ENCODING_TYPE + 1);
    if (type != ENCODING_TYPE) {
      throw new MalformedDataException(
          start, "encoding type: got variant " + type + ", expected " + ENCODING_TYPE);
    }
  }

  /** {@return the id of the blob this is said to be of, unproven} */
  public BlobId claimedId() {
    return claimedId;
  }

  /**
   * {@return the length in bytes that the blob is said to have: not negative, unproven, and
   * possibly beyond the limit of any encoding}
   */
  public long blobLength() {
    return blobLength;
  }

  /** {@return how many pairs of hashes there are, from 0 to 49155} */
  public int shards() {
    return shards;
  }

  /**
   * Checks this metadata against the id it came with. That proves that length and hashes belong to
   * that id; whether it is the id of the blob that was meant is for the caller to know.
   *
   * @param parameters the encoding parameters of the network
   * @return the same metadata, proven
   * @throws VerificationException as {@link #verify(EncodingParameters, BlobId, Engine)}
   */
  public VerifiedMetadata verify(EncodingParameters parameters) throws VerificationException {
    return verify(parameters, claimedId);
  }

  /**
   * Checks this metadata against the id of the blob that was meant, on the engine that is chosen
   * for this JVM.
   *
   * @param parameters the encoding parameters of the network
   * @param expected the id known from elsewhere, which must also be the one that was claimed
   * @return the same metadata, proven
   * @throws VerificationException as {@link #verify(EncodingParameters, BlobId, Engine)}
   */
  public VerifiedMetadata verify(EncodingParameters parameters, BlobId expected)
      throws VerificationException {
    return verify(parameters, expected, Engines.selected());
  }

  /**
   * Checks this metadata against the id of the blob that was meant.
   *
   * @param parameters the encoding parameters of the network
   * @param expected the id known from elsewhere, which must also be the one that was claimed
   * @param engine does the hashing
   * @return the same metadata, proven
   * @throws VerificationException if the number of hashes is not that of the shards ({@link
   *     Reason#WRONG_SHARD_COUNT}), the blob is too long ({@link Reason#BLOB_TOO_LARGE}), or the id
   *     is another one ({@link Reason#BLOB_ID_MISMATCH}); checked in this order
   */
  public VerifiedMetadata verify(EncodingParameters parameters, BlobId expected, Engine engine)
      throws VerificationException {
    Objects.requireNonNull(expected, "expected");
    if (shards != parameters.shards()) {
      throw new VerificationException(
          Reason.WRONG_SHARD_COUNT, "shards: got " + shards + ", expected " + parameters.shards());
    }
    checkLength(blobLength, parameters);
    checkId("claimed", claimedId, expected);
    VerifiedMetadata verified = VerifiedMetadata.of(parameters, blobLength, hashes(), engine);
    checkId("computed", verified.blobId(), expected);
    return verified;
  }

  static void checkLength(long blobLength, EncodingParameters parameters)
      throws VerificationException {
    if (blobLength > parameters.maxBlobLength()) {
      throw new VerificationException(
          Reason.BLOB_TOO_LARGE,
          "blob length: got %s, expected at most %s with %s shards"
              .formatted(blobLength, parameters.maxBlobLength(), parameters.shards()));
    }
  }

  static void checkId(String kind, BlobId got, BlobId expected) throws VerificationException {
    if (!got.equals(expected)) {
      throw new VerificationException(
          Reason.BLOB_ID_MISMATCH, kind + " blob id: got " + got + ", expected " + expected);
    }
  }

  private Nodes hashes() {
    MemorySegment encoded = MemorySegment.ofArray(bcs).asSlice(hashesAt);
    try {
      return BcsReader.parse(encoded, WHAT, reader -> Nodes.read(reader, 2 * shards, HASHES));
    } catch (MalformedDataException e) {
      throw new IllegalStateException("was read without a fault before", e);
    }
  }

  /** {@return BCS blob metadata with id: the claimed one, then {@link #toBcsWithoutId()}} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(writer -> writer.fixed(claimedId.toBytes()).fixed(bcs));
  }

  /** {@return BCS blob metadata, a fresh copy} */
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

  /** {@return what is claimed, as in {@code "unverified metadata of <id> (12 bytes, 4 shards)"}} */
  @Override
  public String toString() {
    return "unverified metadata of %s (%s bytes, %s shards)"
        .formatted(claimedId, blobLength, shards);
  }
}
