package io.redstuff.bench;

import java.util.Arrays;

/**
 * A fixed piece of work whose time is the unit of {@link KernelGuard}: a chain of multiplications,
 * each of which needs the one before. No compiler makes vectors of it, and it stays in the
 * first-level cache, so its time is a fixed number of cycles per word on any usual processor.
 */
final class Yardstick implements Runnable {
  /** The bytes of one run. */
  static final long BYTES = 16 << 10;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final long[] words = new long[(int) (BYTES / Long.BYTES)];

  /** Goes from run to run, so that none can be left out. */
  private long chain = 1;

  Yardstick() {
    Arrays.setAll(words, i -> i * FACTOR);
  }

  @Override
  public void run() {
    long product = chain;
    for (long word : words) {
      product = (product ^ word) * FACTOR;
    }
    chain = product;
  }
}
