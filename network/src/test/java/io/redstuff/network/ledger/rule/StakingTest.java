package io.redstuff.network.ledger.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SuiAddress;
import io.redstuff.U256;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.chain.SystemCalls;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.DenyListBlobDeleted;
import io.redstuff.message.DenyListUpdate;
import io.redstuff.message.ProtocolVersion;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.Supply;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.testing.TestLedger;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.CallInput;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.GovernedParameter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes, stakes, epochs and votes by the contract's rules. */
class StakingTest {
  private static final SuiAddress ALICE = TestLedger.account(6);
  private static final SuiAddress BOB = TestLedger.account(7);

  private final TestLedger ledger = new TestLedger(10, 8);

  @Test
  void theFirstCommitteeIsDealtOutInOrder() {
    ledger.withNodes(4, 0);
    EpochCommittee committee = ledger.reader.system().committee();
    assertEquals(1, committee.epoch());
    assertEquals(10, committee.shards());
    int next = 0;
    for (List<ShardIndex> shards : committee.assignment().shards().values()) {
      for (ShardIndex shard : shards) {
        assertEquals(next++, shard.value());
      }
    }
    assertTrue(ledger.events.contains(new ChainEvent.EpochParametersSelected(1)));
    assertTrue(ledger.events.contains(new ChainEvent.EpochChangeStart(1)));
    assertTrue(ledger.events.contains(new ChainEvent.PricesUpdated(1, 100, 20)));
    assertTrue(ledger.events.contains(new ChainEvent.EpochChangeDone(1)));
    assertEquals(new EpochPhase.Done(ledger.now.toEpochMilli()), ledger.reader.system().phase());
  }

  @Test
  void shardsMoveNoMoreThanTheyMust() {
    ledger.withNodes(5, 0);
    Map<ShardIndex, ObjectId> before = owners();
    ledger.addNode(5, 0, TestLedger.WEALTH / 2);
    ledger.nextEpoch();
    Map<ShardIndex, ObjectId> after = owners();
    long moved =
        before.entrySet().stream()
            .filter(entry -> !after.get(entry.getKey()).equals(entry.getValue()))
            .count();
    assertEquals(ledger.reader.system().committee().weight(ledger.nodes.get(5).id), moved);
    assertEquals(Set.copyOf(before.keySet()), after.keySet());
  }

  private Map<ShardIndex, ObjectId> owners() {
    Map<ShardIndex, ObjectId> owners = new HashMap<>();
    ledger
        .reader
        .system()
        .committee()
        .assignment()
        .shards()
        .forEach((node, shards) -> shards.forEach(shard -> owners.put(shard, node)));
    return owners;
  }

  @Test
  void rewardsFollowWeightAfterBurningAndCommission() {
    ledger.withNodes(5, 1000);
    // Each node has two shards and the same stake. 40,000 for the epoch, of which 1,200 are burnt.
    ledger.run(ALICE, TestLedger.reserve(400 * TestLedger.UNIT, 1));
    ledger.nextEpoch();
    Supply supply = ledger.reader.supply();
    assertEquals(1200, supply.burnt().value());
    // 38,800 / 5 = 7,760 each, 776 of them commission.
    assertEquals(5 * 776, supply.commissions().value());
    assertEquals(5 * 6984, supply.poolRewards().value());
    TestNode node = ledger.nodes.getFirst();
    long before = ledger.balance(node.operator);
    ledger.run(node.operator, Calls.collectCommission(node.id));
    assertEquals(before + 776, ledger.balance(node.operator));
    ledger.fails(Abort.AUTHORIZATION_FAILURE, BOB, Calls.collectCommission(node.id));
  }

  @Test
  void aStakeCountsAnEpochLaterAndIsHadWithItsRewards() {
    ledger.withNodes(5, 0);
    TestNode node = ledger.nodes.getFirst();
    ObjectId stake =
        ledger.run(ALICE, Calls.stake(Frost.of(TestLedger.WEALTH / 2), node.id)).result(0);
    CallInput it = Calls.object(stake);
    ledger.fails(Abort.WITHDRAW_DIRECTLY, ALICE, Calls.requestWithdrawStake(it));
    ledger.nextEpoch();
    ledger.run(BOB, TestLedger.reserve(1000 * TestLedger.UNIT, 1));
    ledger.fails(Abort.NOT_WITHDRAWING, ALICE, Calls.withdrawStake(it));
    ledger.run(ALICE, Calls.requestWithdrawStake(it));
    ledger.fails(Abort.NOT_STAKED, ALICE, Calls.requestWithdrawStake(it));
    ledger.fails(Abort.WITHDRAW_EPOCH_NOT_REACHED, ALICE, Calls.withdrawStake(it));
    ledger.nextEpoch();
    long before = ledger.balance(ALICE);
    ledger.run(ALICE, Calls.withdrawStake(it));
    long got = ledger.balance(ALICE) - before - TestLedger.WEALTH / 2;
    // 97,000 are left of 100,000; the node has 3 of 10 shards or more, and half of its stake was
    // hers.
    int weight = ledger.reader.system().previousCommittee().orElseThrow().weight(node.id);
    long expected = 97_000L * weight / 10 / 2;
    assertTrue(Math.abs(got - expected) <= 1, got + " = " + expected);
    ledger.fails(Abort.OBJECT_NOT_FOUND, ALICE, Calls.withdrawStake(it));
  }

  @Test
  void aStakeOfTheNextCommitteeWaitsLonger() {
    ledger.withNodes(5, 0);
    TestNode node = ledger.nodes.getFirst();
    ObjectId early = ledger.run(ALICE, Calls.stake(Frost.of(1000), node.id)).result(0);
    ObjectId active = ledger.run(ALICE, Calls.stake(Frost.of(1000), node.id)).result(0);
    ledger.nextEpoch();
    ObjectId pending = ledger.run(ALICE, Calls.stake(Frost.of(1000), node.id)).result(0);
    ledger.now = ledger.now.plus(TestLedger.EPOCH);
    ledger.run(BOB, Calls.votingEnd());
    ledger.fails(Abort.WRONG_EPOCH_STATE, BOB, Calls.votingEnd());
    ObjectId late = ledger.run(ALICE, Calls.stake(Frost.of(1000), node.id)).result(0);
    // Not counted yet, so it goes at once; counted for the next committee; active.
    ledger.run(ALICE, Calls.withdrawStake(Calls.object(late)));
    ledger.run(ALICE, Calls.requestWithdrawStake(Calls.object(pending)));
    ledger.run(ALICE, Calls.requestWithdrawStake(Calls.object(active)));
    ledger.run(BOB, Calls.initiateEpochChange());
    ledger.run(node.operator, Calls.epochSyncDone(Calls.object(node.cap), 3));
    ledger.fails(
        Abort.WITHDRAW_EPOCH_NOT_REACHED, ALICE, Calls.withdrawStake(Calls.object(pending)));
    ledger.fails(
        Abort.WITHDRAW_EPOCH_NOT_REACHED, ALICE, Calls.withdrawStake(Calls.object(active)));
    for (TestNode other : ledger.nodes.subList(1, 5)) {
      ledger.run(other.operator, Calls.epochSyncDone(Calls.object(other.cap), 3));
    }
    ledger.nextEpoch();
    ledger.run(
        ALICE,
        Calls.withdrawStake(Calls.object(pending)),
        Calls.withdrawStake(Calls.object(active)));
    ledger.run(ALICE, Calls.requestWithdrawStake(Calls.object(early)));
    assertEquals(ledger.reader.supply().initial(), ledger.reader.supply().sum());
  }

  @Test
  void stakesAreSplitAndJoined() {
    ledger.withNodes(4, 0);
    TestNode node = ledger.nodes.getFirst();
    ObjectId stake = ledger.run(ALICE, Calls.stake(Frost.of(1000), node.id)).result(0);
    ObjectId part =
        ledger.run(ALICE, Calls.splitStake(Calls.object(stake), Frost.of(300))).result(0);
    ledger.fails(Abort.INVALID_AMOUNT, ALICE, Calls.splitStake(Calls.object(part), Frost.of(300)));
    ledger.fails(Abort.INVALID_AMOUNT, ALICE, Calls.splitStake(Calls.object(part), Frost.ZERO));
    ledger.run(ALICE, Calls.joinStakes(Calls.object(part), Calls.object(stake)));
    ledger.fails(
        Abort.INVALID_ARGUMENT, ALICE, Calls.joinStakes(Calls.object(part), Calls.object(part)));
    ObjectId elsewhere =
        ledger.run(ALICE, Calls.stake(Frost.of(5), ledger.nodes.get(1).id)).result(0);
    ledger.fails(
        Abort.METADATA_MISMATCH,
        ALICE,
        Calls.joinStakes(Calls.object(part), Calls.object(elsewhere)));
    ledger.fails(Abort.ZERO_STAKE, ALICE, Calls.stake(Frost.ZERO, node.id));
    ledger.fails(Abort.POOL_NOT_FOUND, ALICE, Calls.stake(Frost.of(1), stake));
    ledger.run(ALICE, Calls.withdrawStake(Calls.object(part)));
    assertEquals(TestLedger.WEALTH - 5, ledger.balance(ALICE));
  }

  @Test
  void anIdleNodeGivesStakesBackAtOnce() {
    ledger.withNodes(5, 0);
    TestNode idle = ledger.addNode(5, 0, 10);
    ledger.nextEpoch();
    assertFalse(ledger.reader.system().committee().contains(idle.id));
    ObjectId stake =
        ledger.reader.owned(idle.operator).stream()
            .map(owned -> owned.object().id())
            .filter(id -> !id.equals(idle.cap))
            .findFirst()
            .orElseThrow();
    ledger.fails(
        Abort.WITHDRAW_DIRECTLY, idle.operator, Calls.requestWithdrawStake(Calls.object(stake)));
    ledger.run(idle.operator, Calls.withdrawStake(Calls.object(stake)));
    assertEquals(TestLedger.WEALTH, ledger.balance(idle.operator));
    ledger.fails(
        Abort.NOT_IN_COMMITTEE, idle.operator, Calls.epochSyncDone(Calls.object(idle.cap), 2));
    ledger.run(idle.operator, Calls.tryJoinActiveSet(Calls.object(idle.cap)));
  }

  @Test
  void epochsTakeTheirTime() {
    ledger.fails(Abort.NO_STAKE, ALICE, Calls.votingEnd());
    ledger.now = TestLedger.START.minusMillis(1);
    ledger.addNode(0, 0, 1000);
    ledger.addNode(1, 0, 1000);
    ledger.fails(Abort.WRONG_EPOCH_STATE, ALICE, Calls.votingEnd());
    ledger.nextEpoch();
    ledger.fails(Abort.WRONG_EPOCH_STATE, ALICE, Calls.votingEnd());
    ledger.now = ledger.now.plus(TestLedger.EPOCH.dividedBy(2));
    ledger.fails(Abort.WRONG_EPOCH_STATE, ALICE, Calls.initiateEpochChange());
    ledger.run(ALICE, Calls.votingEnd());
    assertEquals(2, ledger.reader.system().nextCommittee().orElseThrow().epoch());
    ledger.fails(Abort.WRONG_EPOCH_STATE, ALICE, Calls.initiateEpochChange());
    ledger.now = ledger.now.plus(TestLedger.EPOCH.dividedBy(2));
    ledger.run(ALICE, Calls.initiateEpochChange());
    assertEquals(new EpochPhase.Sync(0), ledger.reader.system().phase());
    TestNode node = ledger.nodes.getFirst();
    CallInput cap = Calls.object(node.cap);
    ledger.fails(Abort.INVALID_SYNC_EPOCH, node.operator, Calls.epochSyncDone(cap, 1));
    ledger.run(node.operator, Calls.epochSyncDone(cap, 2));
    assertEquals(new EpochPhase.Sync(5), ledger.reader.system().phase());
    ledger.fails(Abort.DUPLICATE_SYNC_DONE, node.operator, Calls.epochSyncDone(cap, 2));
  }

  @Test
  void pricesFollowVotesAtOnce() {
    ledger.withNodes(5, 0);
    for (int i = 0; i < 5; i++) {
      TestNode node = ledger.nodes.get(i);
      ledger.run(
          node.operator,
          Calls.voteStoragePrice(Calls.object(node.cap), Frost.of(10L * (i + 1))),
          Calls.voteWritePrice(Calls.object(node.cap), Frost.of(i)),
          Calls.voteCapacity(Calls.object(node.cap), 1000 * TestLedger.UNIT * (i + 1)));
    }
    assertEquals(100, ledger.reader.system().prices().storagePerUnit().value());
    ledger.run(ALICE, Calls.updatePrices());
    // Two shards each: four nodes are two thirds.
    assertEquals(40, ledger.reader.system().prices().storagePerUnit().value());
    assertEquals(3, ledger.reader.system().prices().writePerUnit().value());
    ledger.nextEpoch();
    // Four of the nodes can hold a fifth of this.
    assertEquals(10_000 * TestLedger.UNIT, ledger.reader.system().totalCapacity());
    ledger.fails(
        Abort.NOT_OWNER,
        ALICE,
        Calls.voteStoragePrice(Calls.object(ledger.nodes.getFirst().cap), Frost.ZERO));
  }

  @Test
  void parametersAreVotedFor() {
    ledger.withNodes(5, 0);
    for (TestNode node : ledger.nodes.subList(0, 3)) {
      vote(node, 5000);
    }
    vote(ledger.nodes.get(3), 4000);
    ledger.nextEpoch();
    assertEquals(300, ledger.reader.system().parameters().burnRate());
    for (TestNode node : ledger.nodes.subList(0, 4)) {
      vote(node, 5000);
    }
    assertEquals(300, ledger.reader.system().parameters().burnRate());
    ledger.nextEpoch();
    assertEquals(5000, ledger.reader.system().parameters().burnRate());
    TestNode node = ledger.nodes.getFirst();
    ledger.fails(
        Abort.INVALID_PARAMETER,
        node.operator,
        Calls.voteForParameter(node.id, GovernedParameter.BURN_RATE, 10_001));
    ledger.fails(
        Abort.NOT_AUTHORIZED,
        ALICE,
        Calls.voteForParameter(node.id, GovernedParameter.BURN_RATE, 1));
    ledger.run(node.operator, Calls.setGovernanceAuthorized(node.id, ALICE));
    ledger.run(ALICE, Calls.voteForParameter(node.id, GovernedParameter.EPOCH_DURATION, 0));
  }

  private void vote(TestNode node, long value) {
    ledger.run(node.operator, Calls.voteForParameter(node.id, GovernedParameter.BURN_RATE, value));
  }

  @Test
  void slashingBurnsTheCommissionAndNothingElse() {
    ledger.withNodes(5, 10_000);
    ledger.run(ALICE, TestLedger.reserve(500 * TestLedger.UNIT, 1));
    ledger.nextEpoch();
    TestNode bad = ledger.nodes.getFirst();
    Supply before = ledger.reader.supply();
    ledger.fails(Abort.NO_PROPOSAL_FOR_NODE, BOB, Calls.executeSlashing(bad.id));
    for (TestNode node : ledger.nodes.subList(1, 4)) {
      ledger.run(node.operator, Calls.voteForSlashing(node.id, bad.id));
      ledger.fails(Abort.DUPLICATE_VOTE, node.operator, Calls.voteForSlashing(node.id, bad.id));
    }
    ledger.fails(Abort.NOT_ENOUGH_VOTES, BOB, Calls.executeSlashing(bad.id));
    ledger.nextEpoch();
    ledger.fails(Abort.WRONG_EPOCH, BOB, Calls.executeSlashing(bad.id));
    for (TestNode node : ledger.nodes.subList(1, 5)) {
      ledger.run(node.operator, Calls.voteForSlashing(node.id, bad.id));
    }
    ledger.run(BOB, Calls.executeSlashing(bad.id));
    Supply after = ledger.reader.supply();
    assertEquals(48_500 / 5, after.burnt().value() - before.burnt().value());
    assertEquals(before.staked(), after.staked());
  }

  @Test
  void nodesThatCannotRegister() {
    TestNode node = new TestNode(1, ALICE);
    ledger.fails(Abort.INVALID_PROOF_OF_POSSESSION, BOB, node.register(0, 0, 1, 1, 1));
    ledger.fails(Abort.INVALID_PROOF_OF_POSSESSION, ALICE, node.register(1, 0, 1, 1, 1));
    ledger.fails(Abort.INCORRECT_COMMISSION_RATE, ALICE, node.register(0, 10_001, 1, 1, 1));
    var proof = TestNode.signer(1).provePossession(ALICE, 0);
    ledger.fails(
        Abort.INVALID_NAME_LENGTH,
        ALICE,
        Calls.registerCandidate(
            "n".repeat(101), "a", new byte[33], proof, 0, Frost.ZERO, Frost.ZERO, 1));
    ledger.fails(
        Abort.INVALID_NETWORK_ADDRESS_LENGTH,
        ALICE,
        Calls.registerCandidate(
            "n", "a".repeat(260), new byte[33], proof, 0, Frost.ZERO, Frost.ZERO, 1));
    ledger.fails(
        Abort.INVALID_NETWORK_PUBLIC_KEY,
        ALICE,
        Calls.registerCandidate("n", "a", new byte[32], proof, 0, Frost.ZERO, Frost.ZERO, 1));
    ledger.run(ALICE, node.register(0, 0, 1, 1, 1));
    ledger.fails(Abort.DUPLICATE_KEY, ALICE, node.register(0, 0, 1, 1, 1));
  }

  @Test
  void whatNodesSayOfThemselvesChangesWithTheEpoch() {
    ledger.withNodes(4, 0);
    TestNode node = ledger.nodes.getFirst();
    CallInput cap = Calls.object(node.cap);
    var key = ledger.reader.node(node.id).orElseThrow().info().publicKey();
    ledger.run(
        node.operator,
        Calls.setNetworkAddress(cap, "localhost:1"),
        Calls.setNextCommission(cap, 77),
        Calls.setNextPublicKey(cap, TestNode.signer(99).provePossession(node.operator, 1)),
        Calls.setCommissionReceiver(node.id, BOB));
    assertEquals("localhost:1", ledger.reader.node(node.id).orElseThrow().info().networkAddress());
    assertEquals(key, ledger.reader.system().committee().keys().get(node.id));
    ledger.nextEpoch();
    assertFalse(key.equals(ledger.reader.system().committee().keys().get(node.id)));
    assertEquals(0, ledger.reader.node(node.id).orElseThrow().commission().rate());
    assertTrue(ledger.reader.node(node.id).orElseThrow().info().nextPublicKey().isEmpty());
    ledger.nextEpoch();
    assertEquals(77, ledger.reader.node(node.id).orElseThrow().commission().rate());
    ledger.run(BOB, Calls.collectCommission(node.id));
    Set<Object> keys = new HashSet<>(ledger.reader.system().committee().keys().values());
    assertEquals(4, keys.size());
  }

  @Test
  void denyListsAndVersionsAreVouchedFor() throws RedStuffException {
    ledger.withNodes(4, 0);
    TestNode node = ledger.nodes.getFirst();
    CallInput cap = Calls.object(node.cap);
    U256 root = U256.of(new byte[32]);
    DenyListUpdate update = new DenyListUpdate(1, node.id, 3, 500, root);
    ledger.run(node.operator, Call.of(SystemCalls.registerDenyListUpdate(root, 3), cap));
    Call call = Call.of(SystemCalls.updateDenyList(ledger.signed(ledger.nodes, update), 4), cap);
    ledger.run(node.operator, call);
    assertEquals(500, ledger.reader.node(node.id).orElseThrow().denyListSize());
    ledger.fails(Abort.INCORRECT_DENY_LIST_SEQUENCE, node.operator, call);
    TestNode other = ledger.nodes.get(1);
    ledger.fails(
        Abort.INCORRECT_DENY_LIST_NODE,
        other.operator,
        Call.of(
            SystemCalls.updateDenyList(ledger.signed(ledger.nodes, update), 4),
            Calls.object(other.cap)));
    var blob = TestLedger.blobId(1, 1);
    Call deleted =
        Call.of(
            SystemCalls.deleteDenyListedBlob(
                ledger.signed(ledger.nodes, new DenyListBlobDeleted(1, blob)), 4));
    ledger.run(ALICE, deleted, deleted);
    assertEquals(1, ledger.reader.blob(blob).deniedEpoch().orElseThrow());
    ledger.run(
        node.operator,
        Call.of(
            SystemCalls.updateProtocolVersion(
                ledger.signed(ledger.nodes, new ProtocolVersion(1, 2, 9)), 4),
            cap));
    assertEquals(new ChainEvent.ProtocolVersionUpdated(1, 2, 9), ledger.events.getLast());
    ledger.fails(
        Abort.INVALID_START_EPOCH,
        node.operator,
        Call.of(
            SystemCalls.updateProtocolVersion(
                ledger.signed(ledger.nodes, new ProtocolVersion(1, 0, 9)), 4),
            cap));
    TestNode idle = ledger.addNode(5, 0, 1);
    ledger.fails(
        Abort.NOT_COMMITTEE_MEMBER,
        idle.operator,
        Call.of(SystemCalls.registerDenyListUpdate(root, 3), Calls.object(idle.cap)));
  }

  @Test
  void theActiveSetKeepsThoseWithMostStake() {
    ActiveSet set = ActiveSet.EMPTY;
    for (int i = 1; i <= 3; i++) {
      set = set.with(id(i), 10L * i, 3);
    }
    assertEquals(List.of(id(1), id(2), id(3)), nodes(set));
    assertEquals(List.of(id(1), id(2), id(3)), nodes(set.with(id(4), 10, 3)));
    assertEquals(List.of(id(4), id(2), id(3)), nodes(set.with(id(4), 11, 3)));
    assertEquals(List.of(id(3), id(2)), nodes(set.with(id(1), 0, 3)));
    assertEquals(List.of(id(1), id(2)), nodes(set.with(id(3), 0, 3)));
    assertEquals(nodes(set), nodes(set.with(id(9), 0, 3)));
    assertEquals(5, set.with(id(2), 5, 3).entries().get(1).stake());
  }

  private static ObjectId id(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return ObjectId.of(bytes);
  }

  private static List<ObjectId> nodes(ActiveSet set) {
    return set.entries().stream().map(ActiveSet.Entry::node).toList();
  }
}
