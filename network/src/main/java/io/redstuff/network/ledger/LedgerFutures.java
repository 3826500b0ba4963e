package io.redstuff.network.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for transactions. */
final class LedgerFutures {
  private LedgerFutures() {}

  /** Returns the receipt; throws the reason by itself if there is none. */
  static Receipt await(CompletableFuture<Receipt> future)
      throws LedgerException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case LedgerException refused -> throw refused;
        case RuntimeException broken -> throw broken;
        default -> throw new IllegalStateException("transaction", e.getCause());
      }
    }
  }
}
