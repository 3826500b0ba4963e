package io.redstuff.front.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;
import io.redstuff.chain.ChainEvent;
import io.redstuff.client.api.EventId;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The latest event that is looked for is found, however many there are. */
class LedgerEventsTest {
  private static BlobId blob(int number) {
    return BlobId.of(ByteBuffer.allocate(BlobId.BYTES).putInt(number).array());
  }

  private static LedgerEvent event(int number) {
    byte[] digest = ByteBuffer.allocate(TransactionDigest.BYTES).putInt(number).array();
    return new LedgerEvent(
        number,
        TransactionDigest.of(digest),
        number % 3,
        new ChainEvent.InvalidBlobId(1, blob(number % 1500)));
  }

  /** A ledger that has events and nothing else. */
  private static LedgerEvents of(int count) {
    List<LedgerEvent> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(event(i));
    }
    Ledger ledger =
        (Ledger)
            Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> {
                  assertEquals("events", method.getName());
                  long from = Math.min((Long) arguments[0], count);
                  long to = Math.min(from + (Integer) arguments[1], count);
                  return all.subList((int) from, (int) to);
                });
    return new LedgerEvents(ledger);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 999, 1000, 1001, 1500, 2000, 2048, 4000})
  void findsTheLatest(int count) {
    LedgerEvents events = of(count);
    for (int number : new int[] {0, 1, 7, 500, 1499}) {
      int last = count - 1 - Math.floorMod(count - 1 - number, 1500);
      Optional<EventId> expected =
          last < 0
              ? Optional.empty()
              : Optional.of(new EventId(event(last).transaction().toString(), last % 3));
      assertEquals(
          expected,
          events.last(
              it -> it instanceof ChainEvent.InvalidBlobId at && at.blobId().equals(blob(number))));
    }
  }

  @Test
  void looksAtEachOnce() {
    int[] seen = new int[1];
    of(3000)
        .last(
            event -> {
              seen[0]++;
              return false;
            });
    assertEquals(3000, seen[0]);
  }
}
