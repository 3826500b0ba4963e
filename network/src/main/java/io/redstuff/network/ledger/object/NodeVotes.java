package io.redstuff.network.ledger.object;

import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.util.Objects;

/**
 * What a node votes for.
 *
 * @param storagePrice the price of a unit of storage and an epoch
 * @param writePrice the price of a unit that is written
 * @param capacity how many encoded bytes it can hold; unsigned
 * @since 0.1.0
 */
public record NodeVotes(Frost storagePrice, Frost writePrice, long capacity) {
  /**
   * Makes a vote.
   *
   * @throws NullPointerException if a price is null
   */
  public NodeVotes {
    Objects.requireNonNull(storagePrice, "storagePrice");
    Objects.requireNonNull(writePrice, "writePrice");
  }

  static NodeVotes read(BcsReader in) throws MalformedDataException {
    return new NodeVotes(
        Fields.frost(in, "storage price"), Fields.frost(in, "write price"), in.u64("capacity"));
  }

  void write(BcsWriter out) {
    out.u64(storagePrice.value()).u64(writePrice.value()).u64(capacity);
  }
}
