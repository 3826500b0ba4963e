package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.ObjectId;
import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.StakedWal;
import io.redstuff.network.ledger.object.StakingPool;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Stakes FROST with nodes and takes them back: parts of {@code staking}, and {@code staked_wal}.
 */
final class StakingFunctions {
  private StakingFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.giving(functions, "staking::stake_with_pool", StakingFunctions::stake);
    Function.silent(
        functions, "staking::request_withdraw_stake", StakingFunctions::requestWithdrawal);
    Function.silent(functions, "staking::withdraw_stake", StakingFunctions::withdraw);
    Function.silent(functions, "staking::try_join_active_set", StakingFunctions::join);
    Function.giving(functions, "staked_wal::split", StakingFunctions::splitStake);
    Function.silent(functions, "staked_wal::join", StakingFunctions::joinStakes);
  }

  /** Where a node stands, on which it depends when a stake can be had. */
  private record Standing(long epoch, boolean inCommittee, boolean inNext) {
    static Standing of(LedgerState state, ObjectId node) {
      return new Standing(
          state.system().epoch(),
          state.committee().contains(node),
          state.nextCommittee().map(next -> next.contains(node)).orElse(false));
    }

    /** Returns whether a stake is not counted in any committee yet. */
    boolean allowsEarly(StakedWal stake) {
      return !stake.isWithdrawing()
          && (stake.activationEpoch() == epoch + 2
              || (stake.activationEpoch() == epoch + 1 && !inNext));
    }
  }

  private static ObjectId stake(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    Frost amount = in.frost("to_stake");
    StorageNode node = in.node("node_id");
    in.end();
    demand(amount.value() > 0, Abort.ZERO_STAKE, "got %s, expected more", amount);
    Execution execution = in.execution();
    LedgerState state = execution.state();
    execution.pay(amount);
    long activation = state.system().epoch() + (state.nextCommittee().isPresent() ? 2 : 1);
    update(state, node, node.pool().withPendingStake(activation, amount.value()));
    return execution.keep(
        new StakedWal(execution.newId(), node.id(), amount, activation, OptionalLong.empty()));
  }

  private static void update(LedgerState state, StorageNode node, StakingPool pool) {
    StorageNode updated = node.with(pool);
    state.put(updated);
    state.updateActiveSet(updated);
  }

  private static void requestWithdrawal(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    StakedWal stake = in.object(StakedWal.class, "staked_wal");
    in.end();
    Execution execution = in.execution();
    LedgerState state = execution.state();
    StorageNode node = state.node(stake.node());
    StakingPool pool = node.pool();
    Standing standing = Standing.of(state, stake.node());
    demand(!stake.isWithdrawing(), Abort.NOT_STAKED, "got %s, which was asked back", stake.id());
    demand(
        !standing.allowsEarly(stake) && (standing.inNext() || standing.inCommittee()),
        Abort.WITHDRAW_DIRECTLY,
        "got %s, which can be withdrawn at once",
        stake.id());
    if (stake.activationEpoch() > standing.epoch()) {
      long epoch = stake.activationEpoch() + 1;
      update(state, node, pool.withPreActiveWithdrawal(epoch, stake.principal().value()));
      execution.keep(stake.withdrawing(epoch));
      return;
    }
    long epoch = standing.epoch() + (standing.inNext() ? 2 : 1);
    long shares = pool.rate(stake.activationEpoch()).toShares(stake.principal().value());
    demand(
        shares > 0,
        Abort.ZERO_SHARES,
        "got %s, expected at least what a share is worth",
        stake.principal());
    update(state, node, pool.withPendingShares(epoch, shares));
    execution.keep(stake.withdrawing(epoch));
  }

  private static void withdraw(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    StakedWal stake = in.object(StakedWal.class, "staked_wal");
    in.end();
    Execution execution = in.execution();
    LedgerState state = execution.state();
    StorageNode node = state.node(stake.node());
    Standing standing = Standing.of(state, stake.node());
    StakingPool pool = node.pool();
    long principal = stake.principal().value();
    long earned = 0;
    if (standing.allowsEarly(stake)) {
      pool = pool.withPendingStake(stake.activationEpoch(), -principal);
    } else if (!stake.isWithdrawing() && !standing.inCommittee() && !standing.inNext()) {
      // The node is idle: nothing has to wait for an epoch.
      long shares = pool.rate(stake.activationEpoch()).toShares(principal);
      earned = pool.earned(principal, stake.activationEpoch(), standing.epoch());
      pool = pool.withPendingShares(standing.epoch(), shares);
    } else {
      demand(
          stake.isWithdrawing(),
          Abort.NOT_WITHDRAWING,
          "got %s, expected one that was asked back",
          stake.id());
      long withdrawEpoch = stake.withdrawEpoch().orElseThrow();
      demand(
          withdrawEpoch <= standing.epoch(),
          Abort.WITHDRAW_EPOCH_NOT_REACHED,
          "got epoch %s, expected %s",
          standing.epoch(),
          withdrawEpoch);
      earned = pool.earned(principal, stake.activationEpoch(), withdrawEpoch);
    }
    // Rounding may promise a little more than there is.
    long paid = Math.min(earned, pool.rewards().value());
    Frost left = Frost.of(pool.rewards().value() - paid);
    update(state, node, pool.withRewards(left));
    execution.destroy(stake);
    execution.give(execution.sender(), stake.principal().plus(Frost.of(paid)));
  }

  private static void join(Arguments in) throws LedgerException {
    StorageNode node = NodeFunctions.ownNode(in);
    in.end();
    in.execution().state().updateActiveSet(node);
  }

  private static ObjectId splitStake(Arguments in) throws LedgerException {
    StakedWal stake = in.object(StakedWal.class, "sw");
    Frost amount = in.frost("amount");
    in.end();
    long left = stake.principal().value() - amount.value();
    demand(
        amount.value() > 0 && left > 0,
        Abort.INVALID_AMOUNT,
        "got %s of %s, expected some and not all",
        amount,
        stake.principal());
    Execution execution = in.execution();
    execution.keep(stake.withPrincipal(Frost.of(left)));
    return execution.keep(
        new StakedWal(
            execution.newId(),
            stake.node(),
            amount,
            stake.activationEpoch(),
            stake.withdrawEpoch()));
  }

  private static void joinStakes(Arguments in) throws LedgerException {
    StakedWal first = in.object(StakedWal.class, "sw");
    StakedWal second = in.object(StakedWal.class, "other");
    in.end();
    demand(
        !first.id().equals(second.id()),
        Abort.INVALID_ARGUMENT,
        "other: got %s twice, expected another object",
        first.id());
    demand(
        first.node().equals(second.node())
            && first.activationEpoch() == second.activationEpoch()
            && first.withdrawEpoch().equals(second.withdrawEpoch()),
        Abort.METADATA_MISMATCH,
        "got stakes of %s and %s, expected one node, activation and state",
        first.node(),
        second.node());
    in.execution().destroy(second);
    in.execution().keep(first.withPrincipal(first.principal().plus(second.principal())));
  }
}
