package io.redstuff.network.node.chain;

import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import java.util.List;

/**
 * Hears of what happens on the ledger, one event after the other.
 *
 * @since 0.1.0
 */
public interface ChainListener {
  /**
   * Somebody has registered a blob.
   *
   * @param blob the blob
   */
  void registered(BlobId blob);

  /**
   * A blob was certified: the node owes it, as the store knows already.
   *
   * @param blob the blob
   */
  void certified(BlobId blob);

  /**
   * A registration was deleted, or the blob is invalid or denied: there may be no reason any more
   * to keep it.
   *
   * @param blob the blob
   */
  void gone(BlobId blob);

  /**
   * A node has said that it has the data of its shards.
   *
   * @param epoch in which epoch
   * @param shards its shards
   */
  void received(long epoch, List<ShardIndex> shards);

  /**
   * An epoch has begun, or shards have stopped to change hands.
   *
   * @param duties what the node has to do now
   */
  void epoch(Duties duties);
}
