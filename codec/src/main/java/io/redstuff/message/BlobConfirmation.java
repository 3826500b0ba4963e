package io.redstuff.message;

import io.redstuff.BlobId;
import io.redstuff.internal.bcs.Unsigned;
import java.util.Objects;

/**
 * A node has the slivers of a blob for all its shards, and serves them. On the wire 40 bytes for a
 * permanent blob, 72 for one that may be deleted.
 *
 * @param epoch the epoch of the committee that the signer acts in, from 0 to 2^32 - 1
 * @param blobId the blob
 * @param persistence whether the blob may be deleted, and with which object
 * @since 0.1.0
 */
public record BlobConfirmation(long epoch, BlobId blobId, BlobPersistence persistence)
    implements ProtocolMessage {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if a number does not fit 32 bits
   */
  public BlobConfirmation {
    Unsigned.check32("epoch", epoch);
    Objects.requireNonNull(blobId, "blobId");
    Objects.requireNonNull(persistence, "persistence");
  }

  @Override
  public IntentType type() {
    return IntentType.BLOB_CONFIRMATION;
  }
}
