package io.redstuff.client.node;

import java.time.Duration;

/**
 * How long requests may take.
 *
 * @param timeout for connecting and all that does not depend on the length of what is sent
 * @param bytesPerSecond at least so fast must bodies go: for each of so many bytes that a request
 *     or its answer may have, there is another second
 * @since 0.1.0
 */
public record RequestLimits(Duration timeout, long bytesPerSecond) {
  /** 30 seconds, and 1 MiB in a second. */
  public static final RequestLimits DEFAULT = new RequestLimits(Duration.ofSeconds(30), 1 << 20);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public RequestLimits {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException(
          "timeout: got %s, expected more than 0".formatted(timeout));
    }
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "bytes per second: got %s, expected more than 0".formatted(bytesPerSecond));
    }
  }

  /** Returns how long a request may take with so many bytes there and back. */
  Duration forBytes(long bytes) {
    return timeout.plusMillis(Math.ceilDiv(bytes, bytesPerSecond) * 1000);
  }
}
