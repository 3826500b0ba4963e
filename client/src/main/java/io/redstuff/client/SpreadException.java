package io.redstuff.client;

import io.redstuff.BlobId;
import java.io.IOException;
import java.io.Serial;

/**
 * Too few nodes have confirmed that they have their slivers. What each has said is suppressed.
 *
 * @since 0.1.0
 */
public final class SpreadException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** How many shards are needed. */
  private final int needed;

  /** How many there can be at most. */
  private final int possible;

  SpreadException(BlobId blobId, int needed, int possible, Iterable<? extends Exception> failures) {
    super(
        "blob %s: nodes of at most %s shards can confirm it, expected those of %s"
            .formatted(blobId, possible, needed));
    this.needed = needed;
    this.possible = possible;
    failures.forEach(this::addSuppressed);
  }

  /** {@return of how many shards the nodes must confirm} */
  public int needed() {
    return needed;
  }

  /** {@return of how many shards the nodes have not failed} */
  public int possible() {
    return possible;
  }
}
