package io.redstuff.front.chain;

import io.redstuff.chain.ChainEvent;
import io.redstuff.client.api.EventId;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds events of a ledger, the latest first: those that are asked for are seldom old. */
final class LedgerEvents {
  private static final int PAGE = 1000;

  private final Ledger ledger;

  LedgerEvents(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Returns the last event that is one of those looked for. */
  Optional<EventId> last(Predicate<ChainEvent> wanted) {
    for (long end = count(); end > 0; ) {
      long start = Math.max(0, end - PAGE);
      List<LedgerEvent> page = ledger.events(start, (int) (end - start));
      for (LedgerEvent event : page.reversed()) {
        if (wanted.test(event.event())) {
          return Optional.of(new EventId(event.transaction().toString(), event.index()));
        }
      }
      end = start;
    }
    return Optional.empty();
  }

  /** Counts the events, by halves: the ledger does not say how many there are. */
  private long count() {
    long some = 1;
    while (isThere(some - 1)) {
      some *= 2;
    }
    long none = some - 1; // the number of an event that is not there
    long there = some / 2 - 1; // that of one that is, or -1
    while (none - there > 1) {
      long between = there + (none - there) / 2;
      if (isThere(between)) {
        there = between;
      } else {
        none = between;
      }
    }
    return none;
  }

  private boolean isThere(long sequence) {
    return !ledger.events(sequence, 1).isEmpty();
  }
}
