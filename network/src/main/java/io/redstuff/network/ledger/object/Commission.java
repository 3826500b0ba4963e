package io.redstuff.network.ledger.object;

import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.math.BigInteger;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node keeps of its rewards before its stakers get theirs.
 *
 * @param rate in basis points, from 0 to {@value #WHOLE}
 * @param nextRates rates to come, by the epoch from which on they hold
 * @param balance what was kept and not collected
 * @param receiver who may collect it
 * @since 0.1.0
 */
public record Commission(
    int rate, SortedMap<Long, Long> nextRates, Frost balance, SuiAddress receiver) {
  /** All of the rewards, in basis points. */
  public static final int WHOLE = 10_000;

  /**
   * Takes a copy.
   *
   * @throws NullPointerException if something is null
   */
  public Commission {
    nextRates = ObjectBcs.copy(nextRates);
    Objects.requireNonNull(balance, "balance");
    Objects.requireNonNull(receiver, "receiver");
  }

  /**
   * Returns what is kept of some rewards.
   *
   * @param rewards the rewards
   * @return the commission, rounded down
   */
  public Frost of(Frost rewards) {
    return Frost.of(
        BigInteger.valueOf(rewards.value())
            .multiply(BigInteger.valueOf(rate))
            .divide(BigInteger.valueOf(WHOLE))
            .longValueExact());
  }

  /**
   * Returns the same with another balance.
   *
   * @param amount the balance
   * @return the commission
   */
  public Commission withBalance(Frost amount) {
    return new Commission(rate, nextRates, amount, receiver);
  }

  /**
   * Returns the same for another receiver.
   *
   * @param address the receiver
   * @return the commission
   */
  public Commission withReceiver(SuiAddress address) {
    return new Commission(rate, nextRates, balance, address);
  }

  /**
   * Returns the same with a rate to come.
   *
   * @param epoch from when on it holds
   * @param basisPoints the rate
   * @return the commission
   */
  public Commission withRate(long epoch, int basisPoints) {
    SortedMap<Long, Long> rates = new TreeMap<>(nextRates);
    rates.put(epoch, (long) basisPoints);
    return new Commission(rate, rates, balance, receiver);
  }

  /**
   * Returns the commission as it is from an epoch on: the last rate that was set for it or an
   * earlier one holds.
   *
   * @param epoch the epoch
   * @return the commission
   */
  public Commission from(long epoch) {
    SortedMap<Long, Long> past = nextRates.headMap(epoch + 1);
    if (past.isEmpty()) {
      return this;
    }
    return new Commission(
        past.get(past.lastKey()).intValue(), nextRates.tailMap(epoch + 1), balance, receiver);
  }

  static Commission read(BcsReader in) throws MalformedDataException {
    return new Commission(
        in.u16("commission rate"),
        ObjectBcs.byEpoch(in, "commission rates"),
        Fields.frost(in, "commission"),
        Fields.address(in, "receiver"));
  }

  void write(BcsWriter out) {
    out.u16(rate);
    ObjectBcs.byEpoch(out, nextRates);
    out.u64(balance.value()).fixed(receiver.toBytes());
  }
}
