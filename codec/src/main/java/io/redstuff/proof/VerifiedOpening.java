package io.redstuff.proof;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The hashes of the two slivers of one pair, known to belong to the id of a blob. Those of the
 * blob's other slivers are not known: nothing matches them.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class VerifiedOpening implements SliverHashes {
  private final SliverOpening opening;
  private final EncodingParameters parameters;
  private final BlobId blobId;
  private final int symbolSize;

  VerifiedOpening(SliverOpening opening, EncodingParameters parameters, BlobId blobId) {
    this.opening = opening;
    this.parameters = parameters;
    this.blobId = blobId;
    this.symbolSize = parameters.symbolSize(opening.blobLength());
  }

  @Override
  public EncodingParameters parameters() {
    return parameters;
  }

  @Override
  public BlobId blobId() {
    return blobId;
  }

  /** {@return the length of the blob in bytes} */
  public long blobLength() {
    return opening.blobLength();
  }

  /** {@return the pair whose hashes are known} */
  public SliverPairIndex pair() {
    return opening.pair();
  }

  @Override
  public int symbolSize() {
    return symbolSize;
  }

  @Override
  public byte[] sliverHash(SliverId sliver) {
    return isOfPair(sliver) ? opening.hashes().get(sliver.axis()) : new byte[0];
  }

  @Override
  public boolean matches(SliverId sliver, MemorySegment digest, long offset) {
    Objects.checkFromIndexSize(offset, Nodes.DIGEST_BYTES, digest.byteSize());
    return isOfPair(sliver) && opening.hashes().matches(sliver.axis(), digest, offset);
  }

  private boolean isOfPair(SliverId sliver) {
    return sliver.pair(parameters).equals(opening.pair());
  }

  /** {@return pair and blob} */
  @Override
  public String toString() {
    return "hashes of pair " + opening.pair() + " of " + blobId;
  }
}
