package io.redstuff.client.chain;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.internal.bcs.Unsigned;
import io.redstuff.message.BlobPersistence;
import java.util.Objects;

/**
 * A blob that was registered.
 *
 * @param blobId the blob
 * @param objectId the blob object, which says who owns it
 * @param endEpoch until when it is paid for, exclusive; from 0 to 2^32 - 1
 * @param deletable whether it may be deleted before
 * @since 0.1.0
 */
public record Registration(BlobId blobId, ObjectId objectId, long endEpoch, boolean deletable) {
  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if the epoch does not fit 32 bits
   */
  public Registration {
    Objects.requireNonNull(blobId, "blobId");
    Objects.requireNonNull(objectId, "objectId");
    Unsigned.check32("endEpoch", endEpoch);
  }

  /** {@return what nodes have to confirm of it} */
  public BlobPersistence persistence() {
    return deletable ? BlobPersistence.deletable(objectId) : BlobPersistence.PERMANENT;
  }
}
