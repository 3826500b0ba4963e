package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.chain.Frost;
import io.redstuff.chain.Prices;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;

/**
 * Sells epochs: what is paid for one lies in its account until it is over, and then is what the
 * nodes earn.
 */
final class Sales {
  private Sales() {}

  /** Checks that a period does not end too far ahead. */
  static void checkAhead(Execution execution, long endEpoch) throws LedgerException {
    SystemRow system = execution.state().system();
    long most = system.parameters().maxEpochsAhead();
    demand(
        endEpoch - system.epoch() <= most,
        Abort.INVALID_EPOCHS_AHEAD,
        "got %s epochs, expected at most %s",
        endEpoch - system.epoch(),
        most);
  }

  /** Charges the sender for each epoch of a period. */
  static void charge(Execution execution, long storageSize, long start, long end)
      throws LedgerException {
    Prices prices = execution.state().system().prices();
    execution.pay(prices.storageCost(storageSize, end - start));
    Frost each = prices.storageCost(storageSize, 1);
    for (long epoch = start; epoch < end; epoch++) {
      earn(execution.state(), epoch, each);
    }
  }

  /** Puts an amount, which was taken from somewhere, into the account of an epoch. */
  static void earn(LedgerState state, long epoch, Frost amount) {
    EpochAccount account = state.epochAccount(epoch);
    state.epochs.put(epoch, account.withRewards(account.rewards().plus(amount)));
  }

  /** Takes capacity for each epoch of a period, if there is as much. */
  static void use(Execution execution, long storageSize, long start, long end)
      throws LedgerException {
    LedgerState state = execution.state();
    long capacity = state.system().totalCapacity();
    for (long epoch = start; epoch < end; epoch++) {
      EpochAccount account = state.epochAccount(epoch);
      long used = Math.addExact(account.usedCapacity(), storageSize);
      demand(
          used <= capacity,
          Abort.STORAGE_EXCEEDED,
          "epoch %s: got %s bytes used, expected at most %s",
          epoch,
          used,
          capacity);
      state.epochs.put(epoch, new EpochAccount(used, account.rewards()));
    }
  }
}
