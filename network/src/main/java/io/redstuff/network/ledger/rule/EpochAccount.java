package io.redstuff.network.ledger.rule;

import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;

/**
 * What was sold of an epoch.
 *
 * @param usedCapacity how many encoded bytes, not negative
 * @param rewards what was paid for it
 */
record EpochAccount(long usedCapacity, Frost rewards) {
  static final EpochAccount EMPTY = new EpochAccount(0, Frost.ZERO);

  EpochAccount withRewards(Frost amount) {
    return new EpochAccount(usedCapacity, amount);
  }

  static EpochAccount parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "account of an epoch",
        in -> new EpochAccount(in.u63("used capacity"), new Frost(in.u63("rewards"))));
  }

  byte[] toBcs() {
    return BcsWriter.toBytes(out -> out.u64(usedCapacity).u64(rewards.value()));
  }
}
