package io.redstuff.network.ledger.object;

import io.redstuff.ObjectId;
import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.bcs.Unsigned;
import io.redstuff.network.wire.Fields;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A stake with a node.
 *
 * @param id the object
 * @param node the node
 * @param principal what was staked; its rewards come to it when it is withdrawn
 * @param activationEpoch the epoch from which on it counts
 * @param withdrawEpoch the epoch from which on it can be had, if it was asked back
 * @since 0.1.0
 */
public record StakedWal(
    ObjectId id, ObjectId node, Frost principal, long activationEpoch, OptionalLong withdrawEpoch)
    implements LedgerObject {
  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if an epoch does not fit 32 bits
   */
  public StakedWal {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(principal, "principal");
    Unsigned.check32("activation epoch", activationEpoch);
    withdrawEpoch.ifPresent(epoch -> Unsigned.check32("withdraw epoch", epoch));
  }

  /** {@return whether it was asked back} */
  public boolean isWithdrawing() {
    return withdrawEpoch.isPresent();
  }

  /**
   * Returns the same stake of another amount.
   *
   * @param amount the amount
   * @return the stake
   */
  public StakedWal withPrincipal(Frost amount) {
    return new StakedWal(id, node, amount, activationEpoch, withdrawEpoch);
  }

  /**
   * Returns the stake as asked back.
   *
   * @param epoch the epoch from which on it can be had
   * @return the stake
   * @throws IllegalArgumentException if the epoch does not fit 32 bits
   */
  public StakedWal withdrawing(long epoch) {
    return new StakedWal(id, node, principal, activationEpoch, OptionalLong.of(epoch));
  }

  static StakedWal read(BcsReader in) throws MalformedDataException {
    return new StakedWal(
        Fields.id(in, "stake id"),
        Fields.id(in, "node id"),
        Fields.frost(in, "principal"),
        in.u32("activation epoch"),
        Fields.optionalEpoch(in, "withdraw epoch"));
  }

  void write(BcsWriter out) {
    out.fixed(id.toBytes()).fixed(node.toBytes()).u64(principal.value()).u32(activationEpoch);
    Fields.optionalEpoch(out, withdrawEpoch);
  }
}
