package io.redstuff.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much is borne: of one address, of all bodies together, and for how long. */
class HttpLimitsTest {
  private static HttpLimits limits(int connections, long idleMillis, long bytesPerSecond) {
    return new HttpLimits(
        connections,
        1,
        Duration.ofSeconds(2),
        Duration.ofMillis(idleMillis),
        bytesPerSecond,
        1,
        1,
        Duration.ofSeconds(1));
  }

  @Test
  void limitsArePositive() {
    assertThrows(IllegalArgumentException.class, () -> limits(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> limits(1, 0, 1));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> limits(1, 1, 0));
    assertEquals("bytes per second: got 0, expected at least 1", e.getMessage());
  }

  @Test
  void longBodiesHaveMoreTime() {
    HttpLimits limits = limits(1, 1, 1000);
    assertEquals(Duration.ofSeconds(2), limits.timeFor(0));
    assertEquals(Duration.ofSeconds(3), limits.timeFor(1));
    assertEquals(Duration.ofSeconds(5), limits.timeFor(3000));
  }

  @Test
  void addressHasItsShareOfRequests() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a clock may come round
    RateLimit rate = new RateLimit(2, now::get);
    for (int i = 0; i < 4; i++) {
      assertTrue(rate.admit("a"), "two seconds' worth at once");
    }
    assertFalse(rate.admit("a"));
    assertTrue(rate.admit("b"));
    now.addAndGet(500_000_000);
    assertTrue(rate.admit("a"));
    assertFalse(rate.admit("a"));
    now.addAndGet(Duration.ofHours(1).toNanos());
    for (int i = 0; i < 4; i++) {
      assertTrue(rate.admit("a"));
    }
    assertFalse(rate.admit("a"), "no more for who has waited for long");
  }

  @Test
  void bodiesShareMemory() {
    BodyBudget budget = new BodyBudget(100);
    assertTrue(budget.take(1000), "a single one, whatever its length");
    assertFalse(budget.take(1));
    budget.giveBack(1000);
    assertTrue(budget.take(60));
    assertFalse(budget.take(41));
    assertTrue(budget.take(40));
    budget.giveBack(60);
    assertTrue(budget.take(60));
  }
}
