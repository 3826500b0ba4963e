package io.redstuff.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SplitMix64, written out: frozen results depend on its numbers, which the JDK does not promise for
 * its own generators.
 */
final class Chance {
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private long state;

  Chance(long seed, long stream) {
    state = mix(seed) ^ mix(stream * STEP + 1);
  }

  private static long mix(long x) {
    long a = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  long next() {
    state += STEP;
    return mix(state);
  }

  /** Returns a number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Returns a number from {@code first} to {@code last}. */
  int between(int first, int last) {
    return first + below(last - first + 1);
  }

  /** Returns true once in {@code times}. */
  boolean onceIn(int times) {
    return below(times) == 0;
  }

  /** Returns any {@code count} numbers below {@code bound}, in any order. */
  int[] choose(int count, int bound) {
    int[] order = new int[bound];
    for (int i = 0; i < bound; i++) {
      order[i] = i;
    }
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      int j = between(i, bound - 1);
      chosen[i] = order[j];
      order[j] = order[i];
    }
    return chosen;
  }

  void fill(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.remaining() >= Long.BYTES) {
      buffer.putLong(next());
    }
    for (long rest = next(); buffer.hasRemaining(); rest >>>= Byte.SIZE) {
      buffer.put((byte) rest);
    }
  }
}
