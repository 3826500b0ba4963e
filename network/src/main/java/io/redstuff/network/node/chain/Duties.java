package io.redstuff.network.node.chain;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.EpochPhase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who has which shards in an epoch, and which of them are this node's.
 *
 * @param node this node
 * @param isChanging whether shards still change hands
 * @param committee the nodes of the epoch
 * @param previous those of the epoch before
 * @param shards the shards of this node, ascending; none if it is not of the committee
 * @since 0.1.0
 */
public record Duties(
    ObjectId node,
    boolean isChanging,
    EpochCommittee committee,
    Optional<EpochCommittee> previous,
    List<ShardIndex> shards) {
  /** Takes copies. */
  public Duties {
    shards = List.copyOf(new TreeSet<>(shards));
  }

  static Duties of(ObjectId node, SystemState system) {
    return new Duties(
        node,
        system.phase() instanceof EpochPhase.Sync,
        system.committee(),
        system.previousCommittee(),
        shards(system.committee(), node));
  }

  private static List<ShardIndex> shards(EpochCommittee committee, ObjectId node) {
    return committee.assignment().shards().getOrDefault(node, List.of());
  }

  /** {@return the epoch} */
  public long epoch() {
    return committee.epoch();
  }

  /**
   * Returns whether a shard is this node's.
   *
   * @param shard the shard
   * @return true if it is, in this epoch
   */
  public boolean owns(ShardIndex shard) {
    return shards.contains(shard);
  }

  /**
   * Returns the node that had a shard in the epoch before.
   *
   * @param shard the shard
   * @return the node, if there was one
   */
  public Optional<ObjectId> previousOwner(ShardIndex shard) {
    return previous.flatMap(
        before ->
            before.assignment().shards().entrySet().stream()
                .filter(entry -> entry.getValue().contains(shard))
                .map(Map.Entry::getKey)
                .findFirst());
  }

  /**
   * Returns whether a shard was this node's in the epoch before.
   *
   * @param shard the shard
   * @return true if it was
   */
  public boolean owned(ShardIndex shard) {
    return previous.isPresent() && shards(previous.get(), node).contains(shard);
  }

  /**
   * Returns the shards that were not this node's in the epoch before.
   *
   * @return the shards, ascending
   */
  public List<ShardIndex> gained() {
    return shards.stream().filter(shard -> !owned(shard)).toList();
  }
}
