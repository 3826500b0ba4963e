package io.redstuff.network.node.service;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.storage.SliverKey;

/** Checks that all requests have in common. */
final class Requests {
  private Requests() {}

  /** Checks an index of a pair or a sliver. */
  static void checkIndex(String what, int index, EncodingParameters parameters)
      throws RefusedException {
    if (index >= parameters.shards()) {
      throw RefusedException.wrong(
          ErrorReason.INDEX_OUT_OF_RANGE,
          "%s: got %s, expected 0 to %s",
          what,
          index,
          parameters.shards() - 1);
    }
  }

  /** Returns where a sliver lies, on whatever node. */
  static SliverKey key(BlobId blob, SliverPairIndex pair, Axis axis, EncodingParameters parameters)
      throws RefusedException {
    checkIndex("sliver pair index", pair.value(), parameters);
    return new SliverKey(pair.shard(blob, parameters), axis, blob);
  }

  static RefusedException notAssigned(ShardIndex shard, ChainView chain) {
    return RefusedException.notNow(
        ErrorReason.SHARD_NOT_ASSIGNED,
        "shard: got %s, which is not this node's in epoch %s",
        shard,
        chain.duties().epoch());
  }
}
