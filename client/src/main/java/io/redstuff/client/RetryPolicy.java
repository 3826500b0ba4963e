package io.redstuff.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often to try, and how long to wait in between: twice as long each time, and up to half of it
 * by chance, so that clients which failed together do not come back together.
 *
 * @param attempts how often to try, at least once
 * @param first the first wait
 * @param most the longest wait
 * @since 0.1.0
 */
public record RetryPolicy(int attempts, Duration first, Duration most) {
  private static final int MOST_DOUBLINGS = 20;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no attempt, or a wait is negative
   */
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: got " + attempts + ", expected 1 or more");
    }
    if (first.isNegative() || most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "waits: got %s to %s, expected 0 or more, ascending".formatted(first, most));
    }
  }

  /** Waits after so many attempts have failed. */
  void pause(int failed) throws InterruptedException {
    Duration wait = first.multipliedBy(1L << Math.min(failed - 1, MOST_DOUBLINGS));
    long nanos = (wait.compareTo(most) < 0 ? wait : most).toNanos();
    Thread.sleep(Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1)));
  }
}
