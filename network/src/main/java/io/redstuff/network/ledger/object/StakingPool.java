package io.redstuff.network.ledger.object;

import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The stakes with a node. Whoever stakes gets shares, at the rate of the epoch from which on the
 * stake counts; rewards make each share worth more. Amounts change only as epochs begin, so that
 * stakes and withdrawals wait here for theirs.
 *
 * @param activationEpoch the first epoch with a rate
 * @param stake what is staked and counts, with rewards, in FROST
 * @param shares how many shares there are
 * @param rewards what there is to pay rewards from; principals lie with the stakes
 * @param pendingStake what will count, by epoch
 * @param pendingShares how many shares are taken away, by epoch
 * @param preActiveWithdrawals principals that were asked back before they counted, by the epoch
 *     after the only one in which they do
 * @param rates the rates of the epochs that the node was selected for
 * @since 0.1.0
 */
public record StakingPool(
    long activationEpoch,
    long stake,
    long shares,
    Frost rewards,
    SortedMap<Long, Long> pendingStake,
    SortedMap<Long, Long> pendingShares,
    SortedMap<Long, Long> preActiveWithdrawals,
    SortedMap<Long, ExchangeRate> rates) {

  /**
   * Takes a copy.
   *
   * @throws NullPointerException if something is null
   */
  public StakingPool {
    Objects.requireNonNull(rewards, "rewards");
    pendingStake = ObjectBcs.copy(pendingStake);
    pendingShares = ObjectBcs.copy(pendingShares);
    preActiveWithdrawals = ObjectBcs.copy(preActiveWithdrawals);
    rates = ObjectBcs.copy(rates);
  }

  /**
   * Returns a pool with which nobody has staked.
   *
   * @param activationEpoch the first epoch in which somebody may
   * @return the pool
   */
  public static StakingPool of(long activationEpoch) {
    SortedMap<Long, Long> none = new TreeMap<>();
    return new StakingPool(
        activationEpoch,
        0,
        0,
        Frost.ZERO,
        none,
        none,
        none,
        new TreeMap<>(Map.of(activationEpoch, ExchangeRate.FLAT)));
  }

  /**
   * Returns the rate of an epoch: that of the last one up to it for which the node was selected.
   *
   * @param epoch the epoch
   * @return the rate
   */
  public ExchangeRate rate(long epoch) {
    SortedMap<Long, ExchangeRate> before = rates.headMap(epoch + 1);
    return before.isEmpty() ? ExchangeRate.FLAT : before.get(before.lastKey());
  }

  /**
   * Returns the pool with a stake that will count.
   *
   * @param epoch from when on
   * @param amount how many FROST
   * @return the pool
   * @throws ArithmeticException if the amounts do not fit 63 bits
   */
  public StakingPool withPendingStake(long epoch, long amount) {
    return new StakingPool(
        activationEpoch,
        stake,
        shares,
        rewards,
        plus(pendingStake, epoch, amount),
        pendingShares,
        preActiveWithdrawals,
        rates);
  }

  /**
   * Returns the pool with a withdrawal of shares.
   *
   * @param epoch when they are taken away
   * @param count how many shares
   * @return the pool
   * @throws ArithmeticException if the numbers do not fit 63 bits
   */
  public StakingPool withPendingShares(long epoch, long count) {
    return new StakingPool(
        activationEpoch,
        stake,
        shares,
        rewards,
        pendingStake,
        plus(pendingShares, epoch, count),
        preActiveWithdrawals,
        rates);
  }

  /**
   * Returns the pool with a withdrawal of a stake that does not count yet, but will.
   *
   * @param epoch when it is taken away, the epoch after that from which on it counts
   * @param principal how many FROST
   * @return the pool
   * @throws ArithmeticException if the amounts do not fit 63 bits
   */
  public StakingPool withPreActiveWithdrawal(long epoch, long principal) {
    return new StakingPool(
        activationEpoch,
        stake,
        shares,
        rewards,
        pendingStake,
        pendingShares,
        plus(preActiveWithdrawals, epoch, principal),
        rates);
  }

  /**
   * Returns the pool with other rewards.
   *
   * @param amount what there is to pay rewards from
   * @return the pool
   */
  public StakingPool withRewards(Frost amount) {
    return new StakingPool(
        activationEpoch,
        stake,
        shares,
        amount,
        pendingStake,
        pendingShares,
        preActiveWithdrawals,
        rates);
  }

  private static SortedMap<Long, Long> plus(SortedMap<Long, Long> values, long epoch, long value) {
    SortedMap<Long, Long> sums = new TreeMap<>(values);
    sums.merge(epoch, value, Math::addExact);
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  /**
   * Returns what will be staked in an epoch, as far as is known.
   *
   * @param epoch the current epoch or a later one
   * @return FROST
   */
  public long stakeAt(long epoch) {
    return stakeAt(epoch, new ExchangeRate(stake, shares));
  }

  /** The contract aborts where rounding takes away more than there is. */
  private long stakeAt(long epoch, ExchangeRate rate) {
    long taken = upTo(pendingShares, epoch);
    for (var withdrawal : preActiveWithdrawals.headMap(epoch + 1).entrySet()) {
      taken += rate(withdrawal.getKey() - 1).toShares(withdrawal.getValue());
    }
    return Math.max(0, stake + upTo(pendingStake, epoch) - rate.toFrost(taken));
  }

  private static long upTo(SortedMap<Long, Long> values, long epoch) {
    return values.headMap(epoch + 1).values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns the pool as an epoch begins for which the node is selected or was: rewards come in,
   * then what waited for the epoch counts or is taken away, all at one rate.
   *
   * @param epoch the epoch
   * @param reward what the stakers of the node got for the epoch before
   * @return the pool
   * @throws ArithmeticException if the amounts do not fit 63 bits
   */
  public StakingPool advanced(long epoch, Frost reward) {
    StakingPool rewarded =
        new StakingPool(
            activationEpoch,
            Math.addExact(stake, reward.value()),
            shares,
            rewards.plus(reward),
            pendingStake,
            pendingShares,
            preActiveWithdrawals,
            rates);
    ExchangeRate rate = new ExchangeRate(rewarded.stake, shares);
    SortedMap<Long, ExchangeRate> newRates = new TreeMap<>(rates);
    newRates.put(epoch, rate);
    StakingPool rated =
        new StakingPool(
            activationEpoch,
            rewarded.stake,
            shares,
            rewarded.rewards,
            pendingStake,
            pendingShares,
            preActiveWithdrawals,
            newRates);
    long newStake = rated.stakeAt(epoch, rate);
    return new StakingPool(
        activationEpoch,
        newStake,
        rate.toShares(newStake),
        rated.rewards,
        pendingStake.tailMap(epoch + 1),
        pendingShares.tailMap(epoch + 1),
        preActiveWithdrawals.tailMap(epoch + 1),
        newRates);
  }

  /**
   * Returns what a stake has earned.
   *
   * @param principal what was staked, in FROST
   * @param from the epoch from which on it counted
   * @param to the epoch in which it is taken away
   * @return rewards in FROST; there may be less to pay them from
   */
  public long earned(long principal, long from, long to) {
    return Math.max(0, rate(to).toFrost(rate(from).toShares(principal)) - principal);
  }

  static StakingPool read(BcsReader in) throws MalformedDataException {
    long activationEpoch = in.u32("activation epoch");
    long stake = in.u63("stake");
    long shares = in.u63("shares");
    Frost rewards = Fields.frost(in, "rewards");
    SortedMap<Long, Long> pendingStake = ObjectBcs.byEpoch(in, "pending stake");
    SortedMap<Long, Long> pendingShares = ObjectBcs.byEpoch(in, "pending shares");
    SortedMap<Long, Long> preActive = ObjectBcs.byEpoch(in, "withdrawals before activation");
    SortedMap<Long, ExchangeRate> rates =
        ObjectBcs.byEpoch(in, "rates", Integer.BYTES + 2 * Long.BYTES, ExchangeRate::read);
    return new StakingPool(
        activationEpoch, stake, shares, rewards, pendingStake, pendingShares, preActive, rates);
  }

  void write(BcsWriter out) {
    out.u32(activationEpoch).u64(stake).u64(shares).u64(rewards.value());
    ObjectBcs.byEpoch(out, pendingStake);
    ObjectBcs.byEpoch(out, pendingShares);
    ObjectBcs.byEpoch(out, preActiveWithdrawals);
    out.count(rates.size());
    rates.forEach((epoch, rate) -> rate.write(out.u32(epoch)));
  }
}
