package io.redstuff.network.node.service;

import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.chain.BlobObject;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DeletableCounts;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.EventId;
import io.redstuff.client.api.NodeHealth;
import io.redstuff.client.api.NodeHealth.ShardHealth;
import io.redstuff.client.api.NodeHealth.ShardStatus;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.network.node.storage.StatusEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Says what the node knows of a blob, and how it is itself.
 *
 * @since 0.1.0
 */
public final class Statuses {
  private static final int MOST_PENDING = 1000;

  private final KeptBlobs blobs;
  private final ShardStates shards;
  private final LongSupplier nextEvent;
  private final long started = System.nanoTime();

  /**
   * Speaks for a node.
   *
   * @param blobs what it keeps
   * @param shards how far it is with its shards
   * @param nextEvent the number of the next event that it hears of
   */
  public Statuses(KeptBlobs blobs, ShardStates shards, LongSupplier nextEvent) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.shards = Objects.requireNonNull(shards, "shards");
    this.nextEvent = Objects.requireNonNull(nextEvent, "nextEvent");
  }

  /**
   * Says what is known of a blob.
   *
   * @param blob the blob
   * @return what the ledger says
   * @throws RefusedException if the node has yet to hear of the event that it must name
   * @throws IOException if the store fails
   */
  public BlobStatus blob(BlobId blob) throws RefusedException, IOException {
    BlobState state = blobs.chain().blob(blob);
    if (state.invalidEpoch().isPresent()) {
      return new BlobStatus.Invalid(event(blob, StatusEvent.Kind.INVALID));
    }
    List<BlobObject> live = state.live();
    if (live.isEmpty()) {
      return new BlobStatus.Nonexistent();
    }
    Predicate<BlobObject> certified = object -> object.certifiedEpoch().isPresent();
    OptionalLong first =
        live.stream()
            .filter(certified)
            .mapToLong(object -> object.certifiedEpoch().getAsLong())
            .min();
    List<BlobObject> deletable = live.stream().filter(BlobObject::deletable).toList();
    DeletableCounts counts =
        new DeletableCounts(deletable.size(), deletable.stream().filter(certified).count());
    List<BlobObject> permanent = live.stream().filter(object -> !object.deletable()).toList();
    if (permanent.isEmpty()) {
      return new BlobStatus.Deletable(first, counts);
    }
    List<BlobObject> best = permanent.stream().filter(certified).toList();
    boolean isCertified = !best.isEmpty();
    long end =
        (isCertified ? best : permanent)
            .stream().mapToLong(object -> object.storage().endEpoch()).max().getAsLong();
    StatusEvent.Kind kind = isCertified ? StatusEvent.Kind.CERTIFIED : StatusEvent.Kind.REGISTERED;
    return new BlobStatus.Permanent(end, isCertified, event(blob, kind), counts, first);
  }

  private EventId event(BlobId blob, StatusEvent.Kind kind) throws RefusedException, IOException {
    Optional<StatusEvent> event = blobs.store().statusEvent(blob, kind);
    return event
        .map(known -> new EventId(known.transaction().toString(), known.position()))
        .orElseThrow(
            () ->
                RefusedException.of(
                    ErrorCode.UNAVAILABLE,
                    ErrorReason.UNAVAILABLE,
                    "blob %s: the node has yet to hear of its event",
                    blob));
  }

  /**
   * Says how the node is.
   *
   * @param detailed whether shard by shard
   * @return its state
   * @throws IOException if the store fails
   */
  public NodeHealth health(boolean detailed) throws IOException {
    Duties duties = blobs.chain().duties();
    List<ShardHealth> owned = states(duties.shards());
    List<ShardHealth> other = new ArrayList<>();
    for (ShardIndex shard : blobs.store().shards()) {
      if (!duties.owns(shard)) {
        other.add(new ShardHealth(shard, ShardStatus.READ_ONLY));
      }
    }
    long next = nextEvent.getAsLong();
    return new NodeHealth(
        Duration.ofNanos(System.nanoTime() - started),
        duties.epoch(),
        PublicKeyBytes.of(blobs.signer().key().toBytes()),
        word(duties, owned),
        new NodeHealth.EventProgress(
            next,
            blobs.chain().ledger().events(next, MOST_PENDING).size(),
            next == 0 ? OptionalLong.empty() : OptionalLong.of(next - 1)),
        new NodeHealth.ShardSummary(
            owned.size(),
            count(owned, ShardStatus.UNKNOWN),
            count(owned, ShardStatus.READY),
            count(owned, ShardStatus.IN_TRANSFER),
            count(owned, ShardStatus.IN_RECOVERY),
            other.size()),
        detailed ? Optional.of(new NodeHealth.ShardDetail(owned, other)) : Optional.empty());
  }

  private List<ShardHealth> states(List<ShardIndex> its) {
    return its.stream().map(shard -> new ShardHealth(shard, shards.get(shard))).toList();
  }

  private static int count(List<ShardHealth> all, ShardStatus status) {
    return (int) all.stream().filter(shard -> shard.status() == status).count();
  }

  private static String word(Duties duties, List<ShardHealth> owned) {
    if (duties.shards().isEmpty()) {
      return "Standby";
    }
    return count(owned, ShardStatus.READY) == owned.size() ? "Active" : "RecoveryInProgress";
  }
}
