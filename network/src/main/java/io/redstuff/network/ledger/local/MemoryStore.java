package io.redstuff.network.ledger.local;

import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.rule.LedgerState;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps receipts and events, and the state nowhere but where it is. */
final class MemoryStore implements LedgerStore {
  private final Map<TransactionDigest, Receipt> receipts = new HashMap<>();
  private final List<LedgerEvent> events = new ArrayList<>();

  @Override
  public void load(LedgerState state) {
    // there is nothing
  }

  @Override
  public synchronized void write(
      LedgerState state, List<Receipt> newReceipts, List<LedgerEvent> newEvents) {
    newReceipts.forEach(receipt -> receipts.put(receipt.digest(), receipt));
    events.addAll(newEvents);
  }

  @Override
  public synchronized Optional<Receipt> receipt(TransactionDigest digest) {
    return Optional.ofNullable(receipts.get(digest));
  }

  @Override
  public synchronized List<LedgerEvent> events(long from, int most) {
    int start = (int) Math.min(from, events.size());
    return List.copyOf(events.subList(start, start + Math.min(most, events.size() - start)));
  }

  @Override
  public synchronized long eventCount() {
    return events.size();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
