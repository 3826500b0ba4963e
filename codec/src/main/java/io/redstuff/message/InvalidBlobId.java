package io.redstuff.message;

import io.redstuff.BlobId;
import io.redstuff.internal.bcs.Unsigned;
import java.util.Objects;

/**
 * A node has checked a proof that a blob was encoded inconsistently. On the wire 39 bytes.
 *
 * @param epoch the epoch of the committee that the signer acts in, from 0 to 2^32 - 1
 * @param blobId the blob
 * @since 0.1.0
 */
public record InvalidBlobId(long epoch, BlobId blobId) implements ProtocolMessage {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if a number does not fit 32 bits
   */
  public InvalidBlobId {
    Unsigned.check32("epoch", epoch);
    Objects.requireNonNull(blobId, "blobId");
  }

  @Override
  public IntentType type() {
    return IntentType.INVALID_BLOB_ID;
  }
}
