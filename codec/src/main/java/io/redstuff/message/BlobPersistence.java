package io.redstuff.message;

import io.redstuff.ObjectId;
import java.util.Objects;

/**
 * Whether a blob may be deleted before its storage ends, and by way of which object.
 *
 * @since 0.1.0
 */
public sealed interface BlobPersistence {

  /** Kept until its storage ends. */
  BlobPersistence PERMANENT = new Permanent();

  /**
   * Returns the persistence of a blob that its owner may delete.
   *
   * @param objectId the blob object whose owner may
   * @return the persistence
   */
  static BlobPersistence deletable(ObjectId objectId) {
    return new Deletable(objectId);
  }

  /** Kept until its storage ends. On the wire: variant 0. */
  record Permanent() implements BlobPersistence {}

  /**
   * May be deleted. On the wire: variant 1, 32 bytes.
   *
   * @param objectId the object whose owner may delete it: a blob object or a pooled one
   */
  record Deletable(ObjectId objectId) implements BlobPersistence {
    /**
     * Makes one.
     *
     * @throws NullPointerException if the id is null
     */
    public Deletable {
      Objects.requireNonNull(objectId, "objectId");
    }
  }
}
