package io.redstuff.proof;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The hash of one sliver, which the caller knows to belong to the blob: 32 bytes that were cut from
 * {@linkplain VerifiedMetadata#sliverHash verified metadata}, now or when they were written down.
 * They do for that sliver what the metadata do for all, and nothing matches the others.
 *
 * <p>Whoever has the hash from somebody else wants a {@link SliverOpening}, which proves it.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class KnownSliverHash implements SliverHashes {
  private final EncodingParameters parameters;
  private final BlobId blobId;
  private final SliverId sliver;
  private final int symbolSize;
  private final byte[] hash;

  /**
   * Takes the caller's word.
   *
   * @param parameters the encoding parameters of the network
   * @param blobId the id of the blob
   * @param sliver which sliver
   * @param symbolSize the symbol size of the blob in bytes
   * @param hash the 32 bytes of its hash; copied
   * @throws IllegalArgumentException if there are not 32 bytes, or the symbol size is not an even
   *     number from 2 to 65534
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public KnownSliverHash(
      EncodingParameters parameters, BlobId blobId, SliverId sliver, int symbolSize, byte[] hash) {
    EncodingParameters.checkSymbolSize(symbolSize);
    Objects.checkIndex(sliver.index(), parameters.shards());
    if (hash.length != Nodes.DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "sliver hash: got %s bytes, expected %s".formatted(hash.length, Nodes.DIGEST_BYTES));
    }
    this.parameters = parameters;
    this.blobId = Objects.requireNonNull(blobId, "blobId");
    this.sliver = sliver;
    this.symbolSize = symbolSize;
    this.hash = hash.clone();
  }

  @Override
  public EncodingParameters parameters() {
    return parameters;
  }

  @Override
  public BlobId blobId() {
    return blobId;
  }

  @Override
  public int symbolSize() {
    return symbolSize;
  }

  /** {@return the sliver whose hash is known} */
  public SliverId sliver() {
    return sliver;
  }

  @Override
  public byte[] sliverHash(SliverId other) {
    return isKnown(other) ? hash.clone() : new byte[0];
  }

  @Override
  public boolean matches(SliverId other, MemorySegment digest, long offset) {
    Objects.checkFromIndexSize(offset, Nodes.DIGEST_BYTES, digest.byteSize());
    MemorySegment known = MemorySegment.ofArray(hash);
    return isKnown(other)
        && MemorySegment.mismatch(
                known, 0, hash.length, digest, offset, offset + Nodes.DIGEST_BYTES)
            == -1;
  }

  private boolean isKnown(SliverId other) {
    Objects.checkIndex(other.index(), parameters.shards());
    return sliver.equals(other);
  }

  /** Compares everything. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KnownSliverHash that
        && parameters.equals(that.parameters)
        && blobId.equals(that.blobId)
        && sliver.equals(that.sliver)
        && symbolSize == that.symbolSize
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** {@return sliver, blob and hash} */
  @Override
  public String toString() {
    return "hash of %s of %s: %s".formatted(sliver, blobId, HexFormat.of().formatHex(hash));
  }
}
