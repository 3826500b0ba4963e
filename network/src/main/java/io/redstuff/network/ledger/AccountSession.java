package io.redstuff.network.ledger;

import io.redstuff.SuiAddress;
import io.redstuff.network.ledger.transaction.AccountKey;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * An account at a ledger: numbers its transactions, signs and sends them. Many threads may send at
 * the same time; none waits for the transactions of another. Where there is another session for the
 * account, its transactions use up numbers that this one counts on: {@link #submit} then fails with
 * {@link Abort#WRONG_SEQUENCE} and counts anew, {@link #execute} tries again.
 *
 * @since 0.1.0
 */
public final class AccountSession {
  /** How often a transaction is sent whose number somebody else has used. */
  private static final int MOST_TRIES = 20;

  private final Ledger ledger;
  private final AccountKey key;

  /** The number of the next transaction; negative if the ledger has to be asked. */
  private long next = -1;

  /**
   * Begins a session.
   *
   * @param ledger where to send
   * @param key the account's
   */
  public AccountSession(Ledger ledger, AccountKey key) {
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.key = Objects.requireNonNull(key, "key");
  }

  /** {@return the address of the account} */
  public SuiAddress address() {
    return key.address();
  }

  /**
   * Sends calls as one transaction.
   *
   * @param calls the calls, all of which are made or none
   * @return as {@link Ledger#submit}
   */
  public CompletableFuture<Receipt> submit(List<Call> calls) {
    CompletableFuture<Receipt> receipt;
    synchronized (this) {
      if (next < 0) {
        next = ledger.nextSequence(address());
      }
      receipt = ledger.submit(key.sign(new Transaction(ledger.chainId(), address(), next, calls)));
      next++;
    }
    return receipt.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            forget();
          }
        });
  }

  private synchronized void forget() {
    next = -1;
  }

  /**
   * Sends calls as one transaction and waits for it. If somebody else has used its number, in
   * another process perhaps, it is sent again with the next one.
   *
   * @param calls the calls, all of which are made or none
   * @return what they gave
   * @throws LedgerException if it failed or was refused
   * @throws InterruptedException if the thread was interrupted; the transaction may be executed
   *     nevertheless
   */
  public Receipt execute(Call... calls) throws LedgerException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return LedgerFutures.await(submit(List.of(calls))).orThrow();
      } catch (LedgerException e) {
        if (e.abort() != Abort.WRONG_SEQUENCE || tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }
}
