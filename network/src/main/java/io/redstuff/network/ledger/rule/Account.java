package io.redstuff.network.ledger.rule;

import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;

/**
 * What an account has.
 *
 * @param balance what it can spend
 * @param sequence how many of its transactions were executed
 */
record Account(Frost balance, long sequence) {
  static final Account NEW = new Account(Frost.ZERO, 0);

  Account withBalance(Frost amount) {
    return new Account(amount, sequence);
  }

  static Account parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "account",
        in -> new Account(new Frost(in.u63("balance")), in.u63("sequence number")));
  }

  byte[] toBcs() {
    return BcsWriter.toBytes(out -> out.u64(balance.value()).u64(sequence));
  }
}
