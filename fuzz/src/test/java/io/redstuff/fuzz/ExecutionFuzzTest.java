package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.transaction.AccountKey;
import io.redstuff.network.ledger.transaction.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Any calls, signed by somebody who has an account and executed by a ledger: they are made or abort
 * by a name of the contract's, and no FROST comes or goes.
 */
class ExecutionFuzzTest {
  private static final BlsEngine ENGINE = BlsEngine.preferred();
  private static final AccountKey KEY = key();
  private static final Genesis GENESIS =
      new Genesis(
          10,
          19,
          SystemParameters.MAINNET,
          Instant.EPOCH,
          Map.of(KEY.address(), Frost.of(1000L * Frost.PER_WAL)));

  private static AccountKey key() {
    try {
      return AccountKey.parse(new byte[32]);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest
  void execute(byte[] bytes) throws InterruptedException, MalformedDataException {
    Transaction any;
    try {
      any = Transaction.parse(bytes);
    } catch (MalformedDataException e) {
      return;
    }
    try (LocalLedger ledger =
        LocalLedger.inMemory(GENESIS, InstantSource.fixed(Instant.EPOCH), ENGINE)) {
      Transaction its = new Transaction(ledger.chainId(), KEY.address(), 0, any.calls());
      long used;
      try {
        Receipt receipt = ledger.execute(KEY.sign(its));
        assertEquals(its.calls().size(), receipt.results().size());
        assertEquals(receipt, Receipt.parse(receipt.toBcs()));
        used = 1;
      } catch (LedgerException e) {
        // Refused before it was executed, or executed in vain: then its number is used up.
        used = ledger.receipt(its.digest()).isPresent() ? 1 : 0;
      }
      assertEquals(used, ledger.nextSequence(KEY.address()));
      assertEquals(GENESIS.supply(), ledger.supply().sum());
    }
  }
}
