package io.redstuff.network.node.service;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.node.storage.KeptSliver;
import io.redstuff.network.node.storage.SliverKey;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives metadata and slivers out, of blobs that are registered, and says what there is of them.
 *
 * @since 0.1.0
 */
public final class Downloads {
  private final KeptBlobs blobs;
  private final EncodingParameters parameters;
  private final Pending pending;

  /**
   * Gives out what is kept.
   *
   * @param blobs where it is kept
   * @param pending what waits for a registration, of which is told that it is there
   */
  public Downloads(KeptBlobs blobs, Pending pending) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.parameters = blobs.chain().parameters();
    this.pending = Objects.requireNonNull(pending, "pending");
  }

  private boolean isServed(BlobId blob) throws RefusedException {
    BlobState state = blobs.chain().blob(blob);
    if (state.deniedEpoch().isPresent()) {
      throw RefusedException.of(
          ErrorCode.UNAVAILABLE_FOR_LEGAL_REASONS,
          ErrorReason.FORBIDDEN_BLOB,
          "blob %s: denied since epoch %s",
          blob,
          state.deniedEpoch().getAsLong());
    }
    return blobs.isServed(blob);
  }

  /**
   * Gives metadata out.
   *
   * @param blob the blob
   * @return metadata with the blob id, in BCS
   * @throws RefusedException if they are not here
   * @throws IOException if the store fails
   */
  public byte[] metadata(BlobId blob) throws RefusedException, IOException {
    Optional<byte[]> bcs = isServed(blob) ? blobs.store().metadata(blob) : Optional.empty();
    return bcs.orElseThrow(
        () ->
            RefusedException.notFound(
                ErrorReason.METADATA_NOT_FOUND, "blob %s: no metadata here", blob));
  }

  /**
   * Gives a sliver out.
   *
   * @param blob the blob
   * @param pair the pair
   * @param axis which of the two
   * @return data of the sliver, in BCS
   * @throws RefusedException if it is not here
   * @throws IOException if the store fails
   */
  public byte[] sliver(BlobId blob, SliverPairIndex pair, Axis axis)
      throws RefusedException, IOException {
    SliverKey key = Requests.key(blob, pair, axis, parameters);
    Optional<KeptSliver> kept = isServed(blob) ? blobs.store().sliver(key) : Optional.empty();
    if (kept.isEmpty()) {
      throw missing(key);
    }
    Sliver sliver;
    try {
      sliver = kept.get().view(parameters);
    } catch (IllegalArgumentException e) {
      blobs.throwAway(key, e.getMessage());
      throw missing(key);
    }
    return sliver.toBcs();
  }

  private RefusedException missing(SliverKey key) {
    return blobs.chain().duties().owns(key.shard())
        ? RefusedException.notFound(
            ErrorReason.SLIVER_NOT_FOUND,
            "blob %s: no %s sliver of shard %s here",
            key.blob(),
            key.axis(),
            key.shard())
        : Requests.notAssigned(key.shard(), blobs.chain());
  }

  /**
   * Tells whether there are metadata.
   *
   * @param blob the blob
   * @return whether they are here
   * @throws IOException if the store fails
   */
  public StoredStatus metadataStatus(BlobId blob) throws IOException {
    if (blobs.store().hasMetadata(blob)) {
      return StoredStatus.STORED;
    }
    return pending.metadata(blob).isPresent() ? StoredStatus.BUFFERED : StoredStatus.NONEXISTENT;
  }

  /**
   * Tells whether there is a sliver.
   *
   * @param blob the blob
   * @param pair the pair
   * @param axis which of the two
   * @return whether it is here
   * @throws RefusedException if it cannot be here
   * @throws IOException if the store fails
   */
  public StoredStatus sliverStatus(BlobId blob, SliverPairIndex pair, Axis axis)
      throws RefusedException, IOException {
    SliverKey key = Requests.key(blob, pair, axis, parameters);
    if (blobs.store().hasSliver(key)) {
      return StoredStatus.STORED;
    }
    if (!blobs.chain().duties().owns(key.shard())) {
      throw Requests.notAssigned(key.shard(), blobs.chain());
    }
    return pending.has(key) ? StoredStatus.BUFFERED : StoredStatus.NONEXISTENT;
  }
}
