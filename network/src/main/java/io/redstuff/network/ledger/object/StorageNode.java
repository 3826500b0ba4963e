package io.redstuff.network.ledger.object;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A storage node, whether of the committee or not, with the stakes in it.
 *
 * @param id the node
 * @param info what it said of itself
 * @param votes what it votes for
 * @param pool the stakes
 * @param commission what it keeps of its rewards
 * @param governance the account that may vote for it
 * @param denyListSize the encoded length of all blobs that it does not serve, in bytes; unsigned
 * @since 0.1.0
 */
public record StorageNode(
    ObjectId id,
    NodeInfo info,
    NodeVotes votes,
    StakingPool pool,
    Commission commission,
    SuiAddress governance,
    long denyListSize) {
  /**
   * Makes a node.
   *
   * @throws NullPointerException if something is null
   */
  public StorageNode {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(votes, "votes");
    Objects.requireNonNull(pool, "pool");
    Objects.requireNonNull(commission, "commission");
    Objects.requireNonNull(governance, "governance");
  }

  /**
   * Returns the same with other words of itself.
   *
   * @param other the words
   * @return the node
   */
  public StorageNode with(NodeInfo other) {
    return new StorageNode(id, other, votes, pool, commission, governance, denyListSize);
  }

  /**
   * Returns the same with other votes.
   *
   * @param other the votes
   * @return the node
   */
  public StorageNode with(NodeVotes other) {
    return new StorageNode(id, info, other, pool, commission, governance, denyListSize);
  }

  /**
   * Returns the same with other stakes.
   *
   * @param other the stakes
   * @return the node
   */
  public StorageNode with(StakingPool other) {
    return new StorageNode(id, info, votes, other, commission, governance, denyListSize);
  }

  /**
   * Returns the same with another commission.
   *
   * @param other the commission
   * @return the node
   */
  public StorageNode with(Commission other) {
    return new StorageNode(id, info, votes, pool, other, governance, denyListSize);
  }

  /**
   * Returns the same with another account to vote for it.
   *
   * @param account the account
   * @return the node
   */
  public StorageNode withGovernance(SuiAddress account) {
    return new StorageNode(id, info, votes, pool, commission, account, denyListSize);
  }

  /**
   * Returns the same with another deny list.
   *
   * @param bytes its length
   * @return the node
   */
  public StorageNode withDenyListSize(long bytes) {
    return new StorageNode(id, info, votes, pool, commission, governance, bytes);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return what it encodes
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static StorageNode parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "storage node", StorageNode::read);
  }

  private static StorageNode read(BcsReader in) throws MalformedDataException {
    return new StorageNode(
        Fields.id(in, "node id"),
        NodeInfo.read(in),
        NodeVotes.read(in),
        StakingPool.read(in),
        Commission.read(in),
        Fields.address(in, "governance"),
        in.u64("deny list size"));
  }

  /** {@return the wire form} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter out) {
    out.fixed(id.toBytes());
    info.write(out);
    votes.write(out);
    pool.write(out);
    commission.write(out);
    out.fixed(governance.toBytes()).u64(denyListSize);
  }
}
