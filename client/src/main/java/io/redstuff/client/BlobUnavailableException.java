package io.redstuff.client;

import io.redstuff.BlobId;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/**
 * A blob that cannot be read.
 *
 * @since 0.1.0
 */
public final class BlobUnavailableException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Nobody has registered it, or it is not paid for any more: nodes know no difference. */
    NOT_FOUND,
    /** It is registered, and was not stored yet. */
    NOT_CERTIFIED,
    /** It was paid for until an epoch that is over. */
    EXPIRED,
    /** It was found to be inconsistent: there is no blob that its slivers are the encoding of. */
    INVALID,
    /** The nodes do not give it out. */
    DENIED,
    /** Too few nodes have answered, or too few of them well. */
    TOO_FEW_NODES
  }

  /** Why. */
  private final Reason reason;

  /** Which blob. */
  private final transient BlobId blobId;

  BlobUnavailableException(BlobId blobId, Reason reason, String details) {
    super("blob %s: %s".formatted(blobId, details));
    this.blobId = Objects.requireNonNull(blobId, "blobId");
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Adds what nodes have answered. */
  BlobUnavailableException with(Iterable<? extends Exception> failures) {
    failures.forEach(this::addSuppressed);
    return this;
  }

  /** {@return why it cannot be read} */
  public Reason reason() {
    return reason;
  }

  /** {@return the blob} */
  public BlobId blobId() {
    return blobId;
  }
}
