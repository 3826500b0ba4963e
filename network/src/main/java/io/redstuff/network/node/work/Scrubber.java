package io.redstuff.network.node.work;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.network.node.service.KeptBlobs;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.Inspection;
import io.redstuff.store.SliverState;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads and hashes all that a node has. What is bad is thrown away, and so gets healed if it is
 * owed.
 *
 * @since 0.1.0
 */
public final class Scrubber {
  private static final int MOST_TOGETHER = 1000;

  private final KeptBlobs blobs;

  /**
   * Looks through what a node keeps.
   *
   * @param blobs what it keeps
   */
  public Scrubber(KeptBlobs blobs) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
  }

  /**
   * Looks through everything.
   *
   * @return what was found
   * @throws IOException if the store fails
   */
  public ScrubReport scrub() throws IOException {
    long count = 0;
    long slivers = 0;
    long bad = 0;
    Optional<BlobId> last = Optional.empty();
    List<BlobId> some;
    do {
      some = blobs.store().blobs(last, MOST_TOGETHER);
      for (BlobId blob : some) {
        List<SliverKey> held = blobs.store().held(blob);
        count++;
        slivers += held.size();
        bad += scrub(blob, held);
        last = Optional.of(blob);
      }
    } while (some.size() == MOST_TOGETHER);
    return new ScrubReport(count, slivers, bad);
  }

  private int scrub(BlobId blob, List<SliverKey> held) throws IOException {
    Optional<VerifiedMetadata> metadata = blobs.freshMetadata(blob);
    if (metadata.isEmpty()) {
      return 0; // nothing to compare them with; they are looked at when it is there again
    }
    EncodingParameters parameters = metadata.get().parameters();
    List<SliverId> ids = held.stream().map(key -> key.sliver(parameters)).toList();
    Inspection found = blobs.encoding(metadata.get()).inspect(ids, WorkMonitor.NONE);
    int bad = 0;
    for (SliverKey key : held) {
      SliverState state = found.state(key.sliver(parameters));
      if (!state.isGood()) {
        blobs.throwAway(key, state.reason());
        bad++;
      }
    }
    return bad;
  }
}
