package io.redstuff.network.node.service;

import io.redstuff.BlobId;
import io.redstuff.certify.HeldSlivers;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.SignedMessage;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Signs that the node has a blob, if that is so: the ledger has it registered in the way that is to
 * be confirmed, and both slivers of each of the node's shards are on the disk. They are read and
 * hashed each time.
 *
 * @since 0.1.0
 */
public final class Confirmations {
  private final KeptBlobs blobs;
  private final ChainView chain;
  private final Pending pending;

  /**
   * Signs for what is kept.
   *
   * @param blobs where it is kept
   * @param pending what waits for the registration, and is written when there is one
   */
  public Confirmations(KeptBlobs blobs, Pending pending) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.chain = blobs.chain();
    this.pending = Objects.requireNonNull(pending, "pending");
  }

  private static boolean isRegistered(BlobState state, BlobPersistence persistence) {
    return ChainView.isLive(state)
        && switch (persistence) {
          case BlobPersistence.Permanent _ -> state.isRegisteredPermanent();
          case BlobPersistence.Deletable deletable ->
              state.registeredDeletable(deletable.objectId()).isPresent();
        };
  }

  /**
   * Confirms that the node has its slivers of a blob.
   *
   * @param blob the blob
   * @param persistence how it is said to be registered
   * @param registrationWait how long to wait for the registration
   * @return the confirmation
   * @throws RefusedException if it is not registered so, or a sliver is not here
   * @throws IOException if the store fails
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public SignedMessage<BlobConfirmation> confirm(
      BlobId blob, BlobPersistence persistence, Duration registrationWait)
      throws RefusedException, IOException, InterruptedException {
    BlobState state =
        chain
            .await(blob, seen -> isRegistered(seen, persistence), registrationWait)
            .orElseThrow(
                () ->
                    RefusedException.notNow(
                        ErrorReason.NOT_REGISTERED,
                        "blob %s: not registered as %s",
                        blob,
                        persistence));
    pending.flush(blob);
    Duties duties = chain.duties();
    if (duties.shards().isEmpty() || duties.epoch() != state.epoch()) {
      throw missing(blob, "the node has no shards in epoch " + state.epoch() + ", or not yet");
    }
    Optional<VerifiedMetadata> metadata = blobs.metadata(blob);
    if (metadata.isEmpty()) {
      throw missing(blob, "no metadata here");
    }
    StoredEncoding encoding = blobs.encoding(metadata.get());
    try {
      HeldSlivers held = HeldSlivers.inspect(encoding, duties.shards(), WorkMonitor.NONE);
      return blobs.signer().confirm(held, duties.epoch(), persistence);
    } catch (InsufficientDataException e) {
      throw missing(blob, e.getMessage());
    }
  }

  private static RefusedException missing(BlobId blob, String why) {
    return RefusedException.notNow(ErrorReason.MISSING_SLIVERS, "blob %s: %s", blob, why);
  }
}
