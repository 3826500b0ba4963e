package io.redstuff.network.node.storage;

import io.redstuff.BlobId;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.util.Objects;

/**
 * Which event of the ledger brought a blob into a state.
 *
 * @param blob the blob
 * @param kind the state
 * @param transaction the transaction in which it happened
 * @param position its number among the events of that, from 0
 * @since 0.1.0
 */
public record StatusEvent(BlobId blob, Kind kind, TransactionDigest transaction, int position) {
  /** The states that are told with their event. */
  public enum Kind {
    /** Registered for good, and not certified. */
    REGISTERED(0),
    /** Registered for good, and certified. */
    CERTIFIED(1),
    /** Found to be inconsistent. */
    INVALID(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** Returns the number that stands for it on the disk. */
    int code() {
      return code;
    }
  }

  /**
   * Puts the parts together.
   *
   * @throws NullPointerException if one is null
   */
  public StatusEvent {
    Objects.requireNonNull(blob, "blob");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(transaction, "transaction");
  }
}
