package io.redstuff.network.ledger.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.testing.ChildJvm;
import io.redstuff.network.ledger.testing.LedgerScenario;
import io.redstuff.network.ledger.testing.TestLedger;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a file: whole after a restart and after a crash, and closed to replays. */
class LocalLedgerTest {
  private static final SuiAddress NOBODY = LedgerScenario.NOBODY;
  private static final InstantSource CLOCK = InstantSource.fixed(TestLedger.START);

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("ledger.db");
  }

  private LocalLedger create() throws IOException {
    return LocalLedger.create(file(), LedgerScenario.genesis(), CLOCK, TestNode.ENGINE);
  }

  private LocalLedger open() throws IOException {
    return LocalLedger.open(file(), CLOCK, TestNode.ENGINE);
  }

  /** All kinds of rows are written, and all come back. */
  @Test
  void aRestartChangesNothing() throws Exception {
    String before;
    Receipt receipt;
    try (LocalLedger ledger = create()) {
      AccountSession session = new AccountSession(ledger, LedgerScenario.key());
      receipt = LedgerScenario.begin(ledger, session);
      before = LedgerScenario.describe(ledger);
    }
    try (LocalLedger ledger = open()) {
      assertEquals(before, LedgerScenario.describe(ledger));
      assertEquals(receipt, ledger.receipt(receipt.digest()).orElseThrow());
      assertTrue(
          ledger
              .receipt(LedgerScenario.pay(ledger.chainId(), 99).transaction().digest())
              .isEmpty());
      // Goes on where it was: an epoch more, with stakes, votes and rewards that were written.
      AccountSession session = new AccountSession(ledger, LedgerScenario.key());
      session.execute(Calls.votingEnd(), Calls.initiateEpochChange());
      assertEquals(2, ledger.system().epoch());
      assertEquals(ledger.supply().initial(), ledger.supply().sum());
    }
  }

  @Test
  void replaysAndForgeriesAreRefused() throws Exception {
    try (LocalLedger ledger =
        LocalLedger.inMemory(LedgerScenario.genesis(), CLOCK, TestNode.ENGINE)) {
      ChainId chain = ledger.chainId();
      SignedTransaction first = LedgerScenario.pay(chain, 0);
      Receipt receipt = ledger.execute(first);
      assertEquals(receipt, ledger.receipt(first.transaction().digest()).orElseThrow());
      LedgerScenario.refused(ledger, Abort.WRONG_SEQUENCE, first);
      LedgerScenario.refused(ledger, Abort.WRONG_SEQUENCE, LedgerScenario.pay(chain, 2));
      LedgerScenario.refused(
          ledger, Abort.WRONG_CHAIN, LedgerScenario.pay(ChainId.of(new byte[32]), 1));
      LedgerScenario.refused(
          ledger,
          Abort.INVALID_SIGNATURE,
          new SignedTransaction(
              LedgerScenario.pay(chain, 1).transaction(), first.key(), first.signature()));
      assertEquals(1, ledger.nextSequence(LedgerScenario.key().address()));
      assertEquals(1, ledger.balance(NOBODY).value());
      // One that failed has used its number up, too.
      AccountSession session = new AccountSession(ledger, LedgerScenario.key());
      LedgerException e =
          assertThrows(
              LedgerException.class,
              () -> session.execute(Calls.pay(Frost.of(Long.MAX_VALUE), NOBODY)));
      assertEquals(Abort.NOT_ENOUGH, e.abort());
      assertTrue(e.getMessage().startsWith("balance::ENotEnough: got 999999999 FROST"));
      assertEquals(2, ledger.nextSequence(LedgerScenario.key().address()));
      session.execute(Calls.pay(Frost.of(1), NOBODY));
    }
  }

  @Test
  void manyAtATimeAreExecutedInOrder() throws Exception {
    try (LocalLedger ledger = create()) {
      AccountSession session = new AccountSession(ledger, LedgerScenario.key());
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        receipts.add(session.submit(List.of(Calls.pay(Frost.of(1), NOBODY))));
      }
      for (CompletableFuture<Receipt> receipt : receipts) {
        receipt.get().orThrow();
      }
      assertEquals(500, ledger.balance(NOBODY).value());
      assertEquals(500, ledger.nextSequence(session.address()));
      // Another's transaction uses a number up: one is refused, then it counts anew.
      ledger.execute(LedgerScenario.pay(ledger.chainId(), 500));
      assertThrows(
          ExecutionException.class,
          () -> session.submit(List.of(Calls.pay(Frost.of(1), NOBODY))).get());
      session.execute(Calls.pay(Frost.of(1), NOBODY));
      assertEquals(502, ledger.balance(NOBODY).value());
    }
  }

  @Test
  void eventsAreNumberedAndWaitedFor() throws Exception {
    try (LocalLedger ledger =
        LocalLedger.inMemory(LedgerScenario.genesis(), CLOCK, TestNode.ENGINE)) {
      assertFalse(ledger.awaitEvent(0, Duration.ofMillis(1)));
      CompletableFuture<Boolean> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ledger.awaitEvent(3, Duration.ofMinutes(1));
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      LedgerScenario.begin(ledger, new AccountSession(ledger, LedgerScenario.key()));
      assertTrue(waiting.get());
      List<LedgerEvent> events = ledger.events(0, 100);
      for (int i = 0; i < events.size(); i++) {
        assertEquals(i, events.get(i).sequence());
      }
      assertEquals(events.subList(2, 4), ledger.events(2, 2));
      assertEquals(List.of(), ledger.events(events.size(), 5));
      assertEquals(List.of(), ledger.events(events.size() + 9L, 5));
      assertInstanceOf(ChainEvent.EpochParametersSelected.class, events.getFirst().event());
      assertEquals(1, events.get(1).index());
    }
  }

  @Test
  void filesThatAreNotToBeHad() throws Exception {
    assertThrows(IOException.class, this::open);
    LocalLedger closed;
    try (LocalLedger ledger = create()) {
      closed = ledger;
      assertThrows(IOException.class, this::open);
    }
    closed.close();
    SignedTransaction late = LedgerScenario.pay(closed.chainId(), 0);
    assertThrows(IllegalStateException.class, () -> closed.submit(late));
    assertThrows(IOException.class, this::create);
    Path text = directory.resolve("text");
    Files.writeString(text, "this is no database, whatever its name says ".repeat(50));
    assertThrows(IOException.class, () -> LocalLedger.open(text, CLOCK, TestNode.ENGINE));
    Path empty = directory.resolve("empty");
    Files.createFile(empty);
    assertThrows(IOException.class, () -> LocalLedger.open(empty, CLOCK, TestNode.ENGINE));
    try (LocalLedger ledger =
        LocalLedger.create(empty, LedgerScenario.genesis(), CLOCK, TestNode.ENGINE)) {
      assertEquals(LedgerScenario.genesis().chainId(), ledger.chainId());
    }
  }

  /** What a child that is killed was told is done, is done; and what is done is whole. */
  @Test
  void survivesBeingKilled() throws Exception {
    create().close();
    long acknowledged = -1;
    for (int round = 0; round < 3; round++) {
      Process child = ChildJvm.start(PayingMain.class, file().toString());
      try (BufferedReader out = child.inputReader()) {
        for (int i = 0; i < 20 * (round + 1); i++) {
          acknowledged = Long.parseLong(out.readLine());
        }
        child.destroyForcibly().waitFor();
      }
      try (LocalLedger ledger = open()) {
        long sequence = ledger.nextSequence(LedgerScenario.key().address());
        assertTrue(sequence > acknowledged, sequence + " > " + acknowledged);
        assertEquals(sequence, ledger.balance(NOBODY).value());
        assertEquals(ledger.supply().initial(), ledger.supply().sum());
      }
    }
  }

  /** Pays until it is killed, and says which transactions are done. */
  static final class PayingMain {
    private PayingMain() {}

    public static void main(String[] args) throws Exception {
      try (LocalLedger ledger = LocalLedger.open(Path.of(args[0]), CLOCK, TestNode.ENGINE)) {
        for (long next = ledger.nextSequence(LedgerScenario.key().address()); ; next++) {
          ledger.execute(LedgerScenario.pay(ledger.chainId(), next));
          System.out.println(next);
          System.out.flush();
        }
      }
    }
  }

  @Test
  void objectsAreWhatTheyAre() throws Exception {
    try (LocalLedger ledger =
        LocalLedger.inMemory(LedgerScenario.genesis(), CLOCK, TestNode.ENGINE)) {
      Receipt receipt =
          LedgerScenario.begin(ledger, new AccountSession(ledger, LedgerScenario.key()));
      ObjectId blob = receipt.result(1);
      assertTrue(ledger.object(receipt.result(0)).isEmpty());
      assertInstanceOf(LedgerObject.Blob.class, ledger.object(blob).orElseThrow().object());
      assertEquals(3, ledger.nodes().size());
      assertTrue(ledger.node(blob).isEmpty());
      assertTrue(ledger.committee(2).isEmpty());
      assertEquals(0, ledger.balance(NOBODY).value());
    }
  }
}
