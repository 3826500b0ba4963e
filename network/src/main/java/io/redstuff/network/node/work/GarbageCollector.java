package io.redstuff.network.node.work;

import io.redstuff.BlobId;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.service.KeptBlobs;
import io.redstuff.network.node.service.Pending;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Throws away what nobody pays for any more, and what is invalid or denied.
 *
 * @since 0.1.0
 */
public final class GarbageCollector {
  private static final int MOST_TOGETHER = 1000;

  private final KeptBlobs blobs;
  private final Pending pending;

  /**
   * Collects what a node keeps.
   *
   * @param blobs what it keeps
   * @param pending what waits for a registration
   */
  public GarbageCollector(KeptBlobs blobs, Pending pending) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.pending = Objects.requireNonNull(pending, "pending");
  }

  /**
   * Throws a blob away, if there is no reason to keep it.
   *
   * @param blob the blob
   * @return whether it was thrown away
   * @throws IOException if the store fails
   */
  public boolean collect(BlobId blob) throws IOException {
    if (ChainView.isLive(blobs.chain().ledger().blob(blob))) {
      return false;
    }
    blobs.forget(blob);
    pending.forget(blob);
    return true;
  }

  /**
   * Looks at all blobs.
   *
   * @return how many were thrown away
   * @throws IOException if the store fails
   */
  public int sweep() throws IOException {
    int collected = 0;
    for (boolean owed : new boolean[] {false, true}) {
      Optional<BlobId> last = Optional.empty();
      List<BlobId> some;
      do {
        some =
            owed
                ? blobs.store().owed(last, MOST_TOGETHER)
                : blobs.store().blobs(last, MOST_TOGETHER);
        for (BlobId blob : some) {
          collected += collect(blob) ? 1 : 0;
          last = Optional.of(blob);
        }
      } while (some.size() == MOST_TOGETHER);
    }
    return collected;
  }
}
