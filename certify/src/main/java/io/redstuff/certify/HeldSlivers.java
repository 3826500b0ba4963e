package io.redstuff.certify;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.store.Inspection;
import io.redstuff.store.SliverState;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The slivers of a blob for some shards, each of which was read and compared with the metadata and
 * found good. A node confirms nothing else.
 *
 * @since 0.1.0
 */
public final class HeldSlivers {
  /** How many lacking slivers a message names. */
  private static final int NAMED = 5;

  private final BlobId blobId;
  private final List<ShardIndex> shards;

  private HeldSlivers(BlobId blobId, List<ShardIndex> shards) {
    this.blobId = blobId;
    this.shards = shards;
  }

  /**
   * Reads both slivers of each shard and checks them.
   *
   * @param stored where they are kept
   * @param shards the shards of the node, one or more
   * @param monitor hears of bytes of slivers, and may cancel
   * @return the slivers, all good
   * @throws InsufficientDataException if a sliver is missing or bad; the message names some
   * @throws IOException if the places of the slivers cannot be looked at
   * @throws IllegalArgumentException if there is no shard
   * @throws IndexOutOfBoundsException if a shard is not below the number of shards
   */
  public static HeldSlivers inspect(
      StoredEncoding stored, Collection<ShardIndex> shards, WorkMonitor monitor)
      throws InsufficientDataException, IOException {
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("shards: got none, expected one or more");
    }
    EncodingParameters parameters = stored.metadata().parameters();
    BlobId blobId = stored.metadata().blobId();
    List<SliverId> slivers = new ArrayList<>();
    List<ShardIndex> sorted = List.copyOf(new TreeSet<>(shards));
    for (ShardIndex shard : sorted) {
      SliverPairIndex pair = shard.pair(blobId, parameters);
      slivers.add(pair.primary());
      slivers.add(pair.secondary(parameters));
    }
    Inspection found = stored.inspect(slivers, monitor);
    List<SliverState> lacking =
        slivers.stream().map(found::state).filter(state -> !state.isGood()).toList();
    if (!lacking.isEmpty()) {
      String named =
          lacking.stream().limit(NAMED).map(HeldSlivers::name).collect(Collectors.joining(", "));
      throw new InsufficientDataException(
          "good slivers (%s%s)".formatted(named, lacking.size() > NAMED ? ", ..." : ""),
          slivers.size(),
          slivers.size() - lacking.size());
    }
    return new HeldSlivers(blobId, sorted);
  }

  private static String name(SliverState state) {
    return "%s is %s"
        .formatted(state.name(), state.reason().isEmpty() ? "missing" : "bad: " + state.reason());
  }

  /** {@return the blob} */
  public BlobId blobId() {
    return blobId;
  }

  /** {@return the shards, ascending} */
  public List<ShardIndex> shards() {
    return shards;
  }

  @Override
  public String toString() {
    return "slivers of blob %s for %s shards".formatted(blobId, shards.size());
  }
}
