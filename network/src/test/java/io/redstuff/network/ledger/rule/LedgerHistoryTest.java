package io.redstuff.network.ledger.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.Frost;
import io.redstuff.chain.SystemCalls;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.Supply;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StakedWal;
import io.redstuff.network.ledger.rule.LedgerModel.Thing;
import io.redstuff.network.ledger.testing.TestLedger;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.GovernedParameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random histories of thousands of transactions, good and bad ones: what accounts have and own is
 * what a model says, no FROST comes or goes, and what is available stays so as long as it was paid
 * for.
 */
class LedgerHistoryTest {
  private static final int STEPS = 3000;
  private static final int ACCOUNTS = 8;
  private static final int NODES = 5;

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void ledgerIsWhatTheModelSays(@ForAll long seed) {
    new History(seed).run();
  }

  /** One history. */
  private static final class History {
    private final Random random;
    private final TestLedger ledger = new TestLedger(10, ACCOUNTS).withNodes(NODES, 1000);
    private final LedgerModel model = new LedgerModel();
    private final Map<ObjectId, Long> ends = new HashMap<>();
    private int roots;
    private int nodesMade = NODES;

    History(long seed) {
      random = new Random(seed);
      for (int i = 0; i < ACCOUNTS; i++) {
        model.balances.put(account(i), ledger.balance(account(i)));
      }
      follow();
    }

    private static SuiAddress account(int number) {
      return TestLedger.account(number);
    }

    private SuiAddress anybody() {
      return account(random.nextInt(ACCOUNTS));
    }

    /** Takes from the ledger what the model does not compute. */
    private void follow() {
      var system = ledger.reader.system();
      model.storagePrice = system.prices().storagePerUnit().value();
      model.writePrice = system.prices().writePerUnit().value();
      model.capacity = system.totalCapacity();
      model.ahead = system.parameters().maxEpochsAhead();
      model.epoch = system.epoch();
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(20)) {
          case 0, 1, 2 -> pay();
          case 3, 4, 5 -> reserve();
          case 6 -> splitByEpoch();
          case 7 -> splitBySize();
          case 8 -> fuse();
          case 9, 10 -> register();
          case 11 -> certify();
          case 12 -> extend();
          case 13 -> delete();
          case 14 -> transfer();
          case 15 -> stake();
          case 16 -> takeStakeBack();
          case 17 -> vote();
          case 18 -> slashOrCollect();
          default -> epoch();
        }
        checkSupply();
      }
      checkThings();
      checkBalances();
    }

    private boolean done(SuiAddress sender, Call... calls) {
      return ledger.tryOut(sender, calls).failure().isEmpty();
    }

    private void pay() {
      SuiAddress from = anybody();
      SuiAddress to = anybody();
      long amount = random.nextLong(2 * TestLedger.WEALTH);
      boolean expected = model.has(from, amount);
      assertEquals(expected, done(from, Calls.pay(Frost.of(amount), to)));
      if (expected) {
        model.change(from, -amount);
        model.change(to, amount);
      }
    }

    private void reserve() {
      SuiAddress buyer = anybody();
      long size =
          random.nextInt(3) == 0 ? ledger.encoded(1000) : random.nextLong(3 * LedgerModel.UNIT);
      long epochs = random.nextInt((int) model.ahead + 2);
      long start = model.epoch;
      Receipt receipt = ledger.tryOut(buyer, TestLedger.reserve(size, epochs));
      boolean expected = model.buy(buyer, size, start, start + epochs);
      assertEquals(expected, receipt.failure().isEmpty(), receipt::toString);
      if (expected) {
        model.things.put(
            receipt.result(0), new Thing(buyer, start, start + epochs, size, false, false));
      }
    }

    private ObjectId some(boolean blob) {
      List<ObjectId> ids =
          model.things.entrySet().stream()
              .filter(entry -> entry.getValue().blob() == blob)
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    }

    /** Most of the time the owner, sometimes anybody. */
    private SuiAddress sender(Thing thing) {
      return random.nextInt(8) == 0 ? anybody() : thing.owner();
    }

    private void splitByEpoch() {
      ObjectId id = some(false);
      if (id == null) {
        return;
      }
      Thing it = model.things.get(id);
      SuiAddress sender = sender(it);
      long at = it.start() + random.nextInt((int) (it.end() - it.start()) + 1);
      Receipt receipt = ledger.tryOut(sender, Calls.splitByEpoch(Calls.object(id), at));
      boolean expected = sender.equals(it.owner()) && at > it.start() && at < it.end();
      assertEquals(expected, receipt.failure().isEmpty(), receipt::toString);
      if (expected) {
        model.things.put(id, it.until(at));
        model.things.put(
            receipt.result(0), new Thing(it.owner(), at, it.end(), it.size(), false, false));
      }
    }

    private void splitBySize() {
      ObjectId id = some(false);
      if (id == null) {
        return;
      }
      Thing it = model.things.get(id);
      long size = random.nextLong(it.size() + 2);
      Receipt receipt = ledger.tryOut(it.owner(), Calls.splitBySize(Calls.object(id), size));
      assertEquals(size <= it.size(), receipt.failure().isEmpty(), receipt::toString);
      if (size <= it.size()) {
        model.things.put(id, new Thing(it.owner(), it.start(), it.end(), size, false, false));
        model.things.put(
            receipt.result(0),
            new Thing(it.owner(), it.start(), it.end(), it.size() - size, false, false));
      }
    }

    private void fuse() {
      ObjectId a = some(false);
      ObjectId b = some(false);
      if (a == null) {
        return;
      }
      Thing first = model.things.get(a);
      Thing second = model.things.get(b);
      Thing fused =
          a.equals(b) || !first.owner().equals(second.owner())
              ? null
              : LedgerModel.fuse(first, second);
      boolean got = done(first.owner(), Calls.fuse(Calls.object(a), Calls.object(b)));
      assertEquals(fused != null, got);
      if (fused != null) {
        model.things.remove(b);
        model.things.put(a, fused);
      }
    }

    private void register() {
      ObjectId id = some(false);
      if (id == null) {
        return;
      }
      Thing it = model.things.get(id);
      SuiAddress sender = sender(it);
      long encoded = ledger.encoded(1000);
      long fee = LedgerModel.units(encoded) * model.writePrice;
      Receipt receipt =
          ledger.tryOut(
              sender, TestLedger.register(Calls.object(id), 1000, roots++, random.nextBoolean()));
      boolean expected =
          sender.equals(it.owner())
              && model.epoch >= it.start()
              && model.epoch < it.end()
              && it.size() >= encoded
              && model.has(sender, fee);
      assertEquals(expected, receipt.failure().isEmpty(), receipt::toString);
      if (expected) {
        model.change(sender, -fee);
        model.things.remove(id);
        model.things.put(
            receipt.result(0), new Thing(it.owner(), it.start(), it.end(), it.size(), true, false));
      }
    }

    private void certify() {
      ObjectId id = some(true);
      if (id == null || random.nextInt(2) == 0) {
        return;
      }
      Thing it = model.things.get(id);
      List<TestNode> signers = new ArrayList<>(ledger.nodes);
      signers.subList(0, random.nextInt(3)).clear();
      var committee = ledger.reader.system().committee();
      int weight = signers.stream().mapToInt(node -> committee.weight(node.id)).sum();
      boolean expected = !it.certified() && model.epoch < it.end() && 3 * weight >= 2 * 10 + 1;
      if (weight > 0) {
        assertEquals(expected, done(it.owner(), ledger.certify(id, signers)));
        if (expected) {
          model.things.put(id, new Thing(it.owner(), it.start(), it.end(), it.size(), true, true));
        }
      }
    }

    private void extend() {
      ObjectId id = some(true);
      if (id == null) {
        return;
      }
      Thing it = model.things.get(id);
      long more = random.nextInt(4);
      boolean expected =
          it.certified()
              && model.epoch < it.end()
              && more > 0
              && model.buy(it.owner(), it.size(), it.end(), it.end() + more);
      assertEquals(
          expected, done(it.owner(), Call.of(SystemCalls.extendBlob(more), Calls.object(id))));
      if (expected) {
        model.things.put(id, it.until(it.end() + more));
      }
    }

    private void delete() {
      ObjectId id = some(true);
      if (id == null) {
        return;
      }
      Thing it = model.things.get(id);
      boolean deletable = ledger.blob(id).deletable();
      ObjectId storage = ledger.blob(id).storage().id();
      boolean expected = deletable && model.epoch < it.end();
      assertEquals(expected, done(it.owner(), Call.of(SystemCalls.deleteBlob(), Calls.object(id))));
      if (expected) {
        model.things.remove(id);
        ends.remove(id);
        model.things.put(
            storage, new Thing(it.owner(), it.start(), it.end(), it.size(), false, false));
      }
    }

    private void transfer() {
      ObjectId id = some(random.nextBoolean());
      if (id == null) {
        return;
      }
      Thing it = model.things.get(id);
      SuiAddress sender = sender(it);
      SuiAddress recipient = anybody();
      boolean expected = sender.equals(it.owner());
      assertEquals(expected, done(sender, Calls.transfer(Calls.object(id), recipient)));
      if (expected) {
        model.things.put(id, it.of(recipient));
      }
    }

    private void stake() {
      SuiAddress sender = anybody();
      if (random.nextInt(40) == 0 && nodesMade < ACCOUNTS && model.has(account(nodesMade), 1000)) {
        ledger.addNode(nodesMade, random.nextInt(10_000), 1000);
        model.change(account(nodesMade), -1000);
        nodesMade++;
        return;
      }
      TestNode node = ledger.nodes.get(random.nextInt(ledger.nodes.size()));
      long amount = random.nextLong(TestLedger.WEALTH / 4);
      boolean expected = amount > 0 && model.has(sender, amount);
      Receipt receipt = ledger.tryOut(sender, Calls.stake(Frost.of(amount), node.id));
      assertEquals(expected, receipt.failure().isEmpty(), receipt::toString);
      if (expected) {
        model.change(sender, -amount);
        model.stakes.put(receipt.result(0), amount);
      }
    }

    /** Asks for a stake, or takes it: never is it less than what was put in. */
    private void takeStakeBack() {
      List<ObjectId> ids = model.stakes.keySet().stream().sorted().toList();
      if (ids.isEmpty()) {
        return;
      }
      ObjectId id = ids.get(random.nextInt(ids.size()));
      OwnedObject owned = ledger.reader.object(id).orElseThrow();
      SuiAddress owner = owned.owner();
      StakedWal stake = (StakedWal) owned.object();
      assertEquals(model.stakes.get(id), stake.principal().value());
      if (random.nextInt(3) == 0 && stake.principal().value() > 1) {
        long part = 1 + random.nextLong(stake.principal().value() - 1);
        Receipt receipt = ledger.tryOut(owner, Calls.splitStake(Calls.object(id), Frost.of(part)));
        assertTrue(receipt.failure().isEmpty(), receipt::toString);
        model.stakes.merge(id, -part, Long::sum);
        model.stakes.put(receipt.result(0), part);
        return;
      }
      done(owner, Calls.requestWithdrawStake(Calls.object(id)));
      Supply before = ledger.reader.supply();
      if (done(owner, Calls.withdrawStake(Calls.object(id)))) {
        long got = ledger.balance(owner) - model.balances.get(owner);
        long rewards = before.poolRewards().value() - ledger.reader.supply().poolRewards().value();
        assertEquals(model.stakes.remove(id) + rewards, got);
        assertTrue(rewards >= 0);
        model.change(owner, got);
      }
    }

    private void vote() {
      TestNode node = ledger.nodes.get(random.nextInt(ledger.nodes.size()));
      switch (random.nextInt(4)) {
        case 0 ->
            ledger.run(
                node.operator,
                Calls.voteStoragePrice(Calls.object(node.cap), Frost.of(random.nextInt(200))),
                Calls.updatePrices());
        case 1 ->
            ledger.run(
                node.operator,
                Calls.voteWritePrice(Calls.object(node.cap), Frost.of(random.nextInt(200))),
                Calls.updatePrices());
        case 2 ->
            ledger.run(
                node.operator,
                Calls.voteCapacity(
                    Calls.object(node.cap), random.nextLong(200 * LedgerModel.UNIT)));
        default ->
            done(
                node.operator,
                Calls.voteForParameter(
                    node.id, GovernedParameter.MAX_EPOCHS_AHEAD, 5 + random.nextInt(2)));
      }
      follow();
    }

    private void slashOrCollect() {
      TestNode node = ledger.nodes.get(random.nextInt(ledger.nodes.size()));
      if (random.nextInt(4) == 0) {
        for (TestNode voter : ledger.nodes) {
          done(voter.operator, Calls.voteForSlashing(voter.id, node.id));
        }
        done(anybody(), Calls.executeSlashing(node.id));
        return;
      }
      long before = ledger.balance(node.operator);
      ledger.run(node.operator, Calls.collectCommission(node.id));
      model.change(node.operator, ledger.balance(node.operator) - before);
    }

    private void epoch() {
      checkThings();
      checkBalances();
      int turn = random.nextInt(3);
      ledger.now = ledger.now.plus(TestLedger.EPOCH.dividedBy(2));
      if (turn == 0 || !(ledger.reader.system().phase() instanceof EpochPhase.Done)) {
        // Stakes come and go while the next committee waits for its epoch.
        done(anybody(), Calls.votingEnd());
        ledger.now = ledger.now.plus(TestLedger.EPOCH);
        if (ledger.reader.system().phase() instanceof EpochPhase.NextSelected) {
          ledger.run(anybody(), Calls.initiateEpochChange());
          for (TestNode node : ledger.nodes) {
            done(node.operator, Calls.epochSyncDone(Calls.object(node.cap), ledger.epoch()));
          }
        }
      } else {
        done(anybody(), Calls.votingEnd());
      }
      follow();
    }

    private void checkSupply() {
      Supply supply = ledger.reader.supply();
      assertEquals(supply.initial(), supply.sum());
    }

    private void checkBalances() {
      model.balances.forEach((account, balance) -> assertEquals(balance, ledger.balance(account)));
    }

    private void checkThings() {
      model.things.forEach(
          (id, it) -> {
            OwnedObject owned = ledger.reader.object(id).orElseThrow();
            assertEquals(it.owner(), owned.owner());
            switch (owned.object()) {
              case LedgerObject.Storage storage -> {
                assertEquals(it.start(), storage.resource().startEpoch());
                assertEquals(it.end(), storage.resource().endEpoch());
                assertEquals(it.size(), storage.resource().storageSize());
              }
              case LedgerObject.Blob blob -> checkBlob(it, blob.blob());
              default -> throw new AssertionError(owned);
            }
          });
    }

    private void checkBlob(Thing it, BlobObject blob) {
      assertEquals(it.end(), blob.storage().endEpoch());
      assertEquals(it.certified(), blob.certifiedEpoch().isPresent());
      Long before = ends.put(blob.id(), blob.storage().endEpoch());
      assertTrue(before == null || before <= blob.storage().endEpoch(), "a period has shrunk");
      boolean owed = it.certified() && model.epoch < it.end();
      assertEquals(owed, ledger.reader.blob(blob.blobId()).isAvailable());
    }
  }
}
