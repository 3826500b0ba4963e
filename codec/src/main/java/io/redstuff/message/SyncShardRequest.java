package io.redstuff.message;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.internal.bcs.Unsigned;
import java.util.Objects;

/**
 * A node asks another for slivers of a shard that it takes over, in the order of blob ids. On the
 * wire 55 bytes: variant 0 (V1), u16 shard, variant of the axis, 32 bytes, u64 count, u32 epoch.
 *
 * @param epoch the epoch of the committee that the signer acts in, from 0 to 2^32 - 1
 * @param shard the shard
 * @param axis the kind of slivers
 * @param startingBlobId the blob to begin with
 * @param sliverCount how many slivers at most; unsigned
 * @param requestEpoch the epoch in which the shard changes hands, from 0 to 2^32 - 1
 * @since 0.1.0
 */
public record SyncShardRequest(
    long epoch,
    ShardIndex shard,
    Axis axis,
    BlobId startingBlobId,
    long sliverCount,
    long requestEpoch)
    implements ProtocolMessage {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if a number does not fit 32 bits
   */
  public SyncShardRequest {
    Unsigned.check32("epoch", epoch);
    Objects.requireNonNull(shard, "shard");
    Objects.requireNonNull(axis, "axis");
    Objects.requireNonNull(startingBlobId, "startingBlobId");
    Unsigned.check32("requestEpoch", requestEpoch);
  }

  @Override
  public IntentType type() {
    return IntentType.SYNC_SHARD;
  }
}
