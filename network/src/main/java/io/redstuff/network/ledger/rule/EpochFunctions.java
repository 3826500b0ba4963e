package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.ObjectId;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.chain.Rewards;
import io.redstuff.chain.ShardAllocation;
import io.redstuff.chain.ShardAssignment;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.Quorum;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.Commission;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Ends epochs and begins them: parts of {@code staking}. */
final class EpochFunctions {
  private static final int BASIS_POINTS = 10_000;

  private EpochFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.silent(functions, "staking::voting_end", EpochFunctions::endVoting);
    Function.silent(functions, "staking::initiate_epoch_change_v2", EpochFunctions::begin);
    Function.silent(functions, "staking::epoch_sync_done", EpochFunctions::syncDone);
  }

  private static void endVoting(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING).end();
    Execution execution = in.execution();
    LedgerState state = execution.state();
    SystemRow system = state.system();
    if (!(system.phase() instanceof EpochPhase.Done done)) {
      throw wrongPhase(system);
    }
    checkTime(execution, done.since(), system.parameters().epochDuration() / 2);
    EpochCommittee next = selectCommittee(state);
    state.committees.put(next.epoch(), next);
    state.put(
        system.withNextSelected(new EpochPhase.NextSelected(done.since()), capacity(state, next)));
    execution.emit(new ChainEvent.EpochParametersSelected(next.epoch()));
  }

  private static LedgerException wrongPhase(SystemRow system) {
    return new LedgerException(
        Abort.WRONG_EPOCH_STATE, "epoch %s: got %s".formatted(system.epoch(), system.phase()));
  }

  /** Checks that it is late enough; the first epoch has a time of its own. */
  private static void checkTime(Execution execution, long since, long delay)
      throws LedgerException {
    SystemRow system = execution.state().system();
    long earliest = system.epoch() == 0 ? system.firstEpochStart() : since + delay;
    demand(
        execution.now() >= earliest,
        Abort.WRONG_EPOCH_STATE,
        "epoch %s: got time %s, expected %s",
        system.epoch(),
        execution.now(),
        earliest);
  }

  private static EpochCommittee selectCommittee(LedgerState state) throws LedgerException {
    SystemRow system = state.system();
    List<ActiveSet.Entry> active = state.activeSet().entries();
    demand(!active.isEmpty(), Abort.NO_STAKE, "got no node with a stake, expected one");
    List<Integer> counts =
        ShardAllocation.byStake(
            system.shards(), active.stream().map(entry -> Frost.of(entry.stake())).toList());
    SequencedMap<ObjectId, Integer> byNode = new LinkedHashMap<>();
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) > 0) {
        byNode.put(active.get(i).node(), counts.get(i));
      }
    }
    ShardAssignment before = state.committee().assignment();
    ShardAssignment assignment =
        before.shards().isEmpty() ? ShardAssignment.first(byNode) : before.next(byNode);
    SortedMap<ObjectId, PublicKeyBytes> keys = new TreeMap<>();
    for (ObjectId id : assignment.shards().keySet()) {
      keys.put(id, state.node(id).info().keyWhenSelected());
    }
    return new EpochCommittee(system.epoch() + 1, assignment, keys);
  }

  /** What a node can hold, and how many shards it has. */
  private record CapacityVote(long capacity, int weight) {}

  /** Returns the most that nodes of two thirds of the shards can hold their part of. */
  private static long capacity(LedgerState state, EpochCommittee committee) throws LedgerException {
    List<CapacityVote> votes = new ArrayList<>();
    for (ObjectId id : committee.keys().keySet()) {
      int weight = committee.weight(id);
      BigInteger all =
          BigInteger.valueOf(state.node(id).votes().capacity())
              .multiply(BigInteger.valueOf(committee.shards()))
              .divide(BigInteger.valueOf(weight));
      votes.add(
          new CapacityVote(all.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact(), weight));
    }
    votes.sort(Comparator.comparingLong(CapacityVote::capacity).reversed());
    int weight = 0;
    long decided = 0;
    for (CapacityVote vote : votes) {
      if (!Quorum.TWO_THIRDS.isReached(weight, committee.shards())) {
        weight += vote.weight();
        decided = vote.capacity();
      }
    }
    return decided;
  }

  private static void begin(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING).shared(SharedObject.SYSTEM).end();
    Execution execution = in.execution();
    LedgerState state = execution.state();
    SystemRow system = state.system();
    if (!(system.phase() instanceof EpochPhase.NextSelected selected)) {
      throw wrongPhase(system);
    }
    checkTime(execution, selected.doneSince(), system.parameters().epochDuration());
    EpochCommittee old = state.committee();
    EpochCommittee current = state.nextCommittee().orElseThrow();
    state.put(system.withParameters(VotingFunctions.decideParameters(state)));
    Map<ObjectId, Frost> rewards = closeEpoch(state, old);
    long used = state.epochAccount(current.epoch()).usedCapacity();
    state.put(state.system().withEpoch(current.epoch(), Math.max(system.nextCapacity(), used)));
    for (Map.Entry<ObjectId, Frost> entry : rewards.entrySet()) {
      advance(state, entry.getKey(), entry.getValue(), current);
    }
    for (ObjectId id : current.keys().keySet()) {
      if (!old.contains(id)) {
        advance(state, id, Frost.ZERO, current);
      }
    }
    execution.emit(new ChainEvent.EpochChangeStart(current.epoch()));
    VotingFunctions.updatePrices(execution);
  }

  /** Burns a part of what was paid for the epoch, and returns what each node gets of the rest. */
  private static SequencedMap<ObjectId, Frost> closeEpoch(LedgerState state, EpochCommittee old)
      throws LedgerException {
    SystemRow system = state.system();
    long epoch = system.epoch();
    EpochAccount account = state.epochAccount(epoch);
    Frost burnt = part(account.rewards(), system.parameters().burnRate());
    state.burn(burnt);
    List<Rewards.Node> nodes = new ArrayList<>();
    for (ObjectId id : old.keys().keySet()) {
      nodes.add(new Rewards.Node(old.weight(id), state.node(id).denyListSize()));
    }
    Rewards rewards =
        Rewards.share(
            Frost.of(account.rewards().value() - burnt.value()), account.usedCapacity(), nodes);
    state.epochs.remove(epoch);
    Sales.earn(state, epoch + 1, rewards.rest());
    SequencedMap<ObjectId, Frost> byNode = new LinkedHashMap<>();
    int i = 0;
    for (ObjectId id : old.keys().keySet()) {
      byNode.put(id, rewards.shares().get(i++));
    }
    return byNode;
  }

  private static Frost part(Frost amount, long basisPoints) {
    return Frost.of(
        BigInteger.valueOf(amount.value())
            .multiply(BigInteger.valueOf(basisPoints))
            .divide(BigInteger.valueOf(BASIS_POINTS))
            .longValueExact());
  }

  private static void advance(LedgerState state, ObjectId id, Frost reward, EpochCommittee current)
      throws LedgerException {
    StorageNode node = state.node(id);
    Commission commission = node.commission();
    Frost kept = commission.of(reward);
    Frost shared = Frost.of(reward.value() - kept.value());
    StorageNode advanced =
        node.with(commission.withBalance(commission.balance().plus(kept)).from(current.epoch()))
            .with(node.pool().advanced(current.epoch(), shared));
    if (current.contains(id)) {
      // The key that was settled with the committee; one that was set since is for later.
      advanced = advanced.with(node.info().rotatedTo(current.keys().get(id)));
    }
    state.put(advanced);
    state.updateActiveSet(advanced);
  }

  private static void syncDone(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    StorageNodeCap cap = in.cap();
    long epoch = in.u32("epoch");
    in.end();
    Execution execution = in.execution();
    LedgerState state = execution.state();
    SystemRow system = state.system();
    demand(
        epoch == system.epoch(),
        Abort.INVALID_SYNC_EPOCH,
        "got epoch %s, expected %s",
        epoch,
        system.epoch());
    demand(
        cap.lastEpochSyncDone() < epoch,
        Abort.DUPLICATE_SYNC_DONE,
        "got epoch %s, for which it was done",
        epoch);
    EpochCommittee committee = state.committee();
    demand(
        committee.contains(cap.node()),
        Abort.NOT_IN_COMMITTEE,
        "got %s, expected a node of the committee",
        cap.node());
    execution.keep(cap.withSyncDone(epoch));
    if (system.phase() instanceof EpochPhase.Sync sync) {
      int weight = sync.weight() + committee.weight(cap.node());
      boolean done = Quorum.TWO_THIRDS.isReached(weight, committee.shards());
      state.put(
          system.withPhase(
              done ? new EpochPhase.Done(execution.now()) : new EpochPhase.Sync(weight)));
      if (done) {
        execution.emit(new ChainEvent.EpochChangeDone(epoch));
      }
    }
    execution.emit(
        new ChainEvent.ShardsReceived(epoch, committee.assignment().shards().get(cap.node())));
  }
}
