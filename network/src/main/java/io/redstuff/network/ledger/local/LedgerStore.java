package io.redstuff.network.ledger.local;

import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.rule.LedgerState;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where a ledger is kept. One thread writes; any read. All methods but {@link #load} and {@link
 * #close} throw {@link java.io.UncheckedIOException} if that fails.
 */
interface LedgerStore extends AutoCloseable {

  /** Puts what is kept into an empty state, which stays empty if nothing is. */
  void load(LedgerState state) throws IOException;

  /** Makes all that waits in a state durable, with what happened, or nothing of it. */
  void write(LedgerState state, List<Receipt> receipts, List<LedgerEvent> events);

  /** Returns what became of a transaction, if it was executed. */
  Optional<Receipt> receipt(TransactionDigest digest);

  /** Returns events in order, from a number on. */
  List<LedgerEvent> events(long from, int most);

  /** Returns how many events there are. */
  long eventCount();

  @Override
  void close();
}
