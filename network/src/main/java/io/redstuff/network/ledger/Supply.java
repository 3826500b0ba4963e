package io.redstuff.network.ledger;

import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;

/**
 * Where all FROST are. The sum of all but {@code initial} is {@code initial}, at any time.
 *
 * @param initial what there was at the beginning
 * @param burnt what is no more
 * @param accounts what accounts can spend
 * @param staked what is staked with nodes
 * @param poolRewards rewards of stakes that were not withdrawn
 * @param commissions what nodes earned and did not collect
 * @param future what was paid for this epoch and later ones
 * @since 0.1.0
 */
public record Supply(
    Frost initial,
    Frost burnt,
    Frost accounts,
    Frost staked,
    Frost poolRewards,
    Frost commissions,
    Frost future) {

  /** {@return the sum of all parts} */
  public Frost sum() {
    return burnt.plus(accounts).plus(staked).plus(poolRewards).plus(commissions).plus(future);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return where all FROST are
   * @throws MalformedDataException if it is not canonical BCS of that
   */
  public static Supply parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "supply",
        in ->
            new Supply(
                Fields.frost(in, "initial"),
                Fields.frost(in, "burnt"),
                Fields.frost(in, "accounts"),
                Fields.frost(in, "staked"),
                Fields.frost(in, "pool rewards"),
                Fields.frost(in, "commissions"),
                Fields.frost(in, "future")));
  }

  /** {@return the wire form: the fields in order, u64 each} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out ->
            Stream.of(initial, burnt, accounts, staked, poolRewards, commissions, future)
                .forEach(amount -> out.u64(amount.value())));
  }
}
