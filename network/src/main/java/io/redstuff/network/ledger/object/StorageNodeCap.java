package io.redstuff.network.ledger.object;

import io.redstuff.ObjectId;
import io.redstuff.U256;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.bcs.Unsigned;
import io.redstuff.network.wire.Fields;
import java.util.Objects;

/**
 * Who owns it may act as a node.
 *
 * @param id the object
 * @param node the node
 * @param lastEpochSyncDone the last epoch in which the node said that it has all its data; 0 if
 *     none
 * @param denyListSequence the number of the last change of its deny list; unsigned
 * @param denyListRoot the root of that list
 * @param denyListSize the encoded length of all blobs on it, in bytes; unsigned
 * @since 0.1.0
 */
public record StorageNodeCap(
    ObjectId id,
    ObjectId node,
    long lastEpochSyncDone,
    long denyListSequence,
    U256 denyListRoot,
    long denyListSize)
    implements LedgerObject {
  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if the epoch does not fit 32 bits
   */
  public StorageNodeCap {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(node, "node");
    Unsigned.check32("epoch", lastEpochSyncDone);
    Objects.requireNonNull(denyListRoot, "denyListRoot");
  }

  /**
   * Returns the cap of a node that has done nothing.
   *
   * @param id the object
   * @param node the node
   * @return the cap
   */
  public static StorageNodeCap of(ObjectId id, ObjectId node) {
    return new StorageNodeCap(id, node, 0, 0, U256.of(new byte[U256.BYTES]), 0);
  }

  /**
   * Returns the cap after the node has said that it has its data.
   *
   * @param epoch the epoch
   * @return the cap
   * @throws IllegalArgumentException if the epoch does not fit 32 bits
   */
  public StorageNodeCap withSyncDone(long epoch) {
    return new StorageNodeCap(id, node, epoch, denyListSequence, denyListRoot, denyListSize);
  }

  /**
   * Returns the cap after a change of the deny list.
   *
   * @param sequence the number of the change; unsigned
   * @param root the new root
   * @param size the new length in bytes; unsigned
   * @return the cap
   */
  public StorageNodeCap withDenyList(long sequence, U256 root, long size) {
    return new StorageNodeCap(id, node, lastEpochSyncDone, sequence, root, size);
  }

  static StorageNodeCap read(BcsReader in) throws MalformedDataException {
    return new StorageNodeCap(
        Fields.id(in, "cap id"),
        Fields.id(in, "node id"),
        in.u32("last epoch in sync"),
        in.u64("deny list sequence"),
        U256.of(in.array("deny list root", U256.BYTES)),
        in.u64("deny list size"));
  }

  void write(BcsWriter out) {
    out.fixed(id.toBytes())
        .fixed(node.toBytes())
        .u32(lastEpochSyncDone)
        .u64(denyListSequence)
        .fixed(denyListRoot.toBytes())
        .u64(denyListSize);
  }
}
