package io.redstuff.front.page;

import io.redstuff.ShardIndex;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When shards have lost what they had, by what was done to their nodes through the page. What a
 * node heals at once nobody would ever see missing. Thread-safe.
 */
final class Losses {
  private final Map<ShardIndex, Long> lost = new HashMap<>();

  /** All that shards had when the ledger had so many events is lost. */
  synchronized void lose(Collection<ShardIndex> shards, long events) {
    shards.forEach(shard -> lost.put(shard, events));
  }

  /** Returns whether a shard has lost a blob that was certified with some event. */
  synchronized boolean isLost(ShardIndex shard, OptionalLong certified) {
    Long events = lost.get(shard);
    return events != null && certified.isPresent() && certified.getAsLong() < events;
  }
}
