package io.redstuff.network.node.storage;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import java.util.Objects;

/**
 * Where a node keeps a sliver: both slivers of a pair lie in the shard that the blob id assigns.
 *
 * @param shard the shard
 * @param axis which sliver of the pair
 * @param blob the blob
 * @since 0.1.0
 */
public record SliverKey(ShardIndex shard, Axis axis, BlobId blob) {
  /**
   * Puts the parts together.
   *
   * @throws NullPointerException if one is null
   */
  public SliverKey {
    Objects.requireNonNull(shard, "shard");
    Objects.requireNonNull(axis, "axis");
    Objects.requireNonNull(blob, "blob");
  }

  /**
   * Returns where a sliver belongs.
   *
   * @param blob the blob
   * @param sliver the sliver
   * @param parameters the shape of the encoding
   * @return the key
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public static SliverKey of(BlobId blob, SliverId sliver, EncodingParameters parameters) {
    SliverPairIndex pair = sliver.pair(parameters);
    return new SliverKey(pair.shard(blob, parameters), sliver.axis(), blob);
  }

  /**
   * Returns which sliver of the blob it is.
   *
   * @param parameters the shape of the encoding
   * @return the sliver
   * @throws IndexOutOfBoundsException if there is no such shard
   */
  public SliverId sliver(EncodingParameters parameters) {
    SliverPairIndex pair = shard.pair(blob, parameters);
    return axis == Axis.PRIMARY ? pair.primary() : pair.secondary(parameters);
  }
}
