package io.redstuff.message;

import io.redstuff.ObjectId;
import io.redstuff.U256;
import io.redstuff.internal.bcs.Unsigned;
import java.util.Objects;

/**
 * The list of blobs that a node does not serve has changed. On the wire 87 bytes.
 *
 * @param epoch the epoch of the committee that the signer acts in, from 0 to 2^32 - 1
 * @param nodeId the node whose list it is
 * @param sequenceNumber the number of the change; unsigned
 * @param size the encoded length of all blobs on the list, in bytes; unsigned
 * @param root the root of the list
 * @since 0.1.0
 */
public record DenyListUpdate(long epoch, ObjectId nodeId, long sequenceNumber, long size, U256 root)
    implements ProtocolMessage {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if a number does not fit 32 bits
   */
  public DenyListUpdate {
    Unsigned.check32("epoch", epoch);
    Objects.requireNonNull(nodeId, "nodeId");
    Objects.requireNonNull(root, "root");
  }

  @Override
  public IntentType type() {
    return IntentType.DENY_LIST_UPDATE;
  }
}
