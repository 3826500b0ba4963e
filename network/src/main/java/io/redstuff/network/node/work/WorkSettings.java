package io.redstuff.network.node.work;

import io.redstuff.client.node.RequestLimits;
import java.time.Duration;

/**
 * How hard a node works for itself.
 *
 * @param requests how long it waits for other nodes
 * @param blobsAtOnce how many blobs it heals at the same time
 * @param firstRetry after which time it tries again what has failed; each time twice as long
 * @param longestRetry after which time at most
 * @param distrust for how long it does not ask a node that has sent something wrong, if there are
 *     others
 * @param scrubEvery how often it looks through all that it has; zero for never by itself
 * @param answerBytes how many bytes it asks another node for at once
 * @since 0.1.0
 */
public record WorkSettings(
    RequestLimits requests,
    int blobsAtOnce,
    Duration firstRetry,
    Duration longestRetry,
    Duration distrust,
    Duration scrubEvery,
    long answerBytes) {
  /** Two blobs at once, retries after half a second to half a minute, a scrub each day. */
  public static final WorkSettings DEFAULT =
      new WorkSettings(
          new RequestLimits(Duration.ofSeconds(10), 1 << 20),
          2,
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofDays(1),
          16 << 20);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not positive, but how often it scrubs
   */
  public WorkSettings {
    if (blobsAtOnce < 1 || answerBytes < 1 || !firstRetry.isPositive() || !distrust.isPositive()) {
      throw new IllegalArgumentException(
          "work: got %s blobs, %s bytes, retries after %s, distrust for %s, expected more than 0"
              .formatted(blobsAtOnce, answerBytes, firstRetry, distrust));
    }
  }
}
