package io.redstuff.http;

import java.time.Duration;

/**
 * What a server bears of those who connect to it. Who goes beyond is refused, or cut off.
 *
 * @param connections how many connections at a time; more wait to be accepted
 * @param headerBytes how long the first line and the headers of a request may be, together
 * @param headerTime how long they may take, from their first byte
 * @param idleTime how long a connection may be open without a request
 * @param bytesPerSecond how fast bodies must go, in both directions, after {@code headerTime}
 * @param bufferedBytes how long the bodies may be that are read at the same time, together
 * @param requestsPerSecond how many requests one address may make in a second; twice as many at
 *     once
 * @param longestWait how long an answer waits for what is to come, at most
 * @since 0.1.0
 */
public record HttpLimits(
    int connections,
    int headerBytes,
    Duration headerTime,
    Duration idleTime,
    long bytesPerSecond,
    long bufferedBytes,
    int requestsPerSecond,
    Duration longestWait) {

  /** 1,024 connections, 16 KiB of headers in 10 seconds, 64 KiB a second, 256 MiB in memory. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          1024,
          16 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          64 << 10,
          256 << 20,
          100_000,
          Duration.ofSeconds(30));

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public HttpLimits {
    check("connections", connections);
    check("header bytes", headerBytes);
    check("header time", headerTime.toMillis());
    check("idle time", idleTime.toMillis());
    check("bytes per second", bytesPerSecond);
    check("buffered bytes", bufferedBytes);
    check("requests per second", requestsPerSecond);
    check("longest wait", longestWait.toMillis());
  }

  private static void check(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": got " + value + ", expected at least 1");
    }
  }

  /**
   * Returns how long a body may be under way.
   *
   * @param bytes of the body
   * @return the time
   */
  public Duration timeFor(long bytes) {
    return headerTime.plusMillis(Math.ceilDiv(bytes, bytesPerSecond) * 1000);
  }
}
