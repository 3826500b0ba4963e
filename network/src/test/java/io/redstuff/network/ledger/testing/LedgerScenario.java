package io.redstuff.network.ledger.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.transaction.AccountKey;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.network.ledger.transaction.GovernedParameter;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import io.redstuff.network.ledger.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a ledger of any kind is made to do, and what it says then. */
public final class LedgerScenario {
  public static final SuiAddress NOBODY = TestLedger.account(1);

  private LedgerScenario() {}

  public static AccountKey key() {
    try {
      return AccountKey.parse(new byte[32]);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  public static Genesis genesis() {
    return new Genesis(
        10,
        20,
        new SystemParameters(0, 53, 300),
        TestLedger.START,
        Map.of(key().address(), Frost.of(1_000_000_000)));
  }

  public static SignedTransaction pay(ChainId chain, long sequence) {
    return key()
        .sign(
            new Transaction(
                chain, key().address(), sequence, List.of(Calls.pay(Frost.of(1), NOBODY))));
  }

  public static void refused(Ledger ledger, Abort abort, SignedTransaction transaction) {
    LedgerException e = assertThrows(LedgerException.class, () -> ledger.execute(transaction));
    assertEquals(abort, e.abort());
  }

  public static Receipt begin(Ledger ledger, AccountSession session) throws Exception {
    List<TestNode> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TestNode node = new TestNode(i + 1, session.address());
      node.cap = session.execute(node.register(0, 500, 10, 2, 1L << 40)).result(0);
      node.id = ((StorageNodeCap) ledger.object(node.cap).orElseThrow().object()).node();
      session.execute(Calls.stake(Frost.of(1000), node.id));
      nodes.add(node);
    }
    session.execute(Calls.votingEnd(), Calls.initiateEpochChange());
    for (TestNode node : nodes) {
      session.execute(Calls.epochSyncDone(Calls.object(node.cap), 1));
      session.execute(Calls.voteForSlashing(node.id, nodes.getFirst().id));
    }
    session.execute(Calls.stake(Frost.of(77), nodes.getFirst().id));
    session.execute(Calls.voteForParameter(nodes.getFirst().id, GovernedParameter.BURN_RATE, 1));
    Receipt receipt =
        session.execute(
            TestLedger.reserve(30_000, 3),
            TestLedger.register(Calls.result(0), 1000, 1, true),
            TestLedger.reserve(40_000, 2));
    session.execute(Calls.setAttribute(Calls.object(receipt.result(1)), "k", "v"));
    return receipt;
  }

  public static String describe(Ledger ledger) {
    return String.join(
        "\n",
        ledger.chainId().toString(),
        ledger.system().toString(),
        ledger.nodes().toString(),
        ledger.owned(key().address()).toString(),
        ledger.supply().toString(),
        ledger.committee(1).toString(),
        ledger.events(0, 1000).toString(),
        ledger.blob(TestLedger.blobId(1000, 1)).toString(),
        "" + ledger.nextSequence(key().address()),
        ledger.balance(key().address()).toString());
  }
}
