package io.redstuff.network.node.service;

import io.redstuff.ShardIndex;
import io.redstuff.client.api.NodeHealth.ShardStatus;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the node is with its shards. Those of which nothing was said are not known.
 *
 * @since 0.1.0
 */
public final class ShardStates {
  private final Map<ShardIndex, ShardStatus> states = new ConcurrentHashMap<>();

  /** Nothing is known. */
  public ShardStates() {}

  /**
   * Tells how far the node is.
   *
   * @param shards the shards
   * @param status their state
   */
  public void set(Collection<ShardIndex> shards, ShardStatus status) {
    shards.forEach(shard -> states.put(shard, status));
  }

  /**
   * Returns how far the node is with a shard.
   *
   * @param shard the shard
   * @return its state
   */
  public ShardStatus get(ShardIndex shard) {
    return states.getOrDefault(shard, ShardStatus.UNKNOWN);
  }
}
