package io.redstuff.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each address may ask. An address has as many requests as two seconds give; those that
 * have not asked for long are forgotten. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RateLimit {
  private static final int MOST_ADDRESSES = 100_000;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final LongSupplier nanoTime;

  private static final class Bucket {
    double left;
    long filled;
  }

  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /**
   * Makes a limit.
   *
   * @param perSecond how many requests an address may make in a second
   * @param nanoTime a clock, as {@link System#nanoTime}
   */
  public RateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns whether an address may make a request now, which counts then.
   *
   * @param address who asks
   * @return whether it may
   */
  public synchronized boolean admit(String address) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(address);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.left = 2 * perSecond;
      buckets.put(address, bucket);
    } else {
      double gained = (now - bucket.filled) / NANOS * perSecond;
      bucket.left = Math.min(2 * perSecond, bucket.left + gained);
    }
    bucket.filled = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }
}
