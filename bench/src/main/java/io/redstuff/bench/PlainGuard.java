package io.redstuff.bench;

import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.FieldWorkSet;
import io.redstuff.simd.LeafHasher;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/**
 * Fails when C2 no longer makes vectors of the plain engine's loops: each must be faster than a
 * scalar twin of it in the same JVM. For processors whose vectors have 256 bits or more; narrower
 * ones have no rotations of 64-bit lanes, without which the loops of the hash stay scalar.
 */
final class PlainGuard {
  private static final int SEED = 1;
  private static final int WORK_BYTES = 128 << 10;
  private static final int ROW_BYTES = 4096;
  private static final int MESSAGES = 128;

  /** So few are hashed one after the other. */
  private static final int FEW = 4;

  /** So often a pair is measured again. */
  private static final int PATIENCE = 16;

  /**
   * A loop and its twin.
   *
   * @param plain does some work
   * @param twin does as much of it
   * @param floor how many times faster the first is at least
   */
  private record Pair(String name, Runnable plain, Runnable twin, double floor) {
    private boolean measure(CallMeter meter, PrintStream out) {
      double unit = meter.settle(twin, cost -> true, 0).nanos();
      double nanos = meter.settle(plain, cost -> true, 0).nanos();
      // In turn, each at its best: the clock of the processor changes, and others use its caches.
      for (int i = 0; i < PATIENCE && unit < floor * nanos; i++) {
        unit = Math.min(unit, meter.now(twin).nanos());
        nanos = Math.min(nanos, meter.now(plain).nanos());
      }
      boolean good = unit >= floor * nanos;
      out.printf(
          Locale.ROOT,
          "plain engine, %s: %.2f times its scalar twin, expected at least %.2f: %s%n",
          name,
          unit / nanos,
          floor,
          good ? "good" : "BAD");
      return good;
    }
  }

  private PlainGuard() {}

  /** Measures all pairs and says whether all are good. */
  static boolean run(PrintStream out) {
    CallMeter meter = new CallMeter();
    Engine engine = Engines.named("plain");
    try (Arena arena = Arena.ofConfined()) {
      boolean good = hash(engine, arena, 64).measure(meter, out);
      good &= hash(engine, arena, 1024).measure(meter, out);
      return butterflies(engine, arena).measure(meter, out) && good;
    }
  }

  /** Many messages at a time; the twin takes few. */
  private static Pair hash(Engine engine, Arena arena, int messageBytes) {
    LeafHasher hasher = new LeafHasher(engine, arena);
    MemorySegment in = SeededBytes.allocate(arena, (long) MESSAGES * messageBytes, SEED);
    MemorySegment out = arena.allocate((long) MESSAGES * LeafHasher.DIGEST_BYTES);
    return new Pair(
        "hash of " + (1 + messageBytes) + "-byte messages",
        () -> hash(hasher, in, messageBytes, MESSAGES, out),
        () -> hash(hasher, in, messageBytes, FEW, out),
        1.2);
  }

  private static void hash(
      LeafHasher hasher, MemorySegment in, int messageBytes, int atOnce, MemorySegment out) {
    for (int i = 0; i < MESSAGES; i += atOnce) {
      hasher.hash(
          LeafHasher.LEAF_PREFIX,
          in,
          (long) i * messageBytes,
          messageBytes,
          messageBytes,
          atOnce,
          out,
          (long) i * LeafHasher.DIGEST_BYTES,
          LeafHasher.DIGEST_BYTES);
    }
  }

  /** Two layers of butterflies; the twin looks the product of each byte up. */
  private static Pair butterflies(Engine engine, Arena arena) {
    MemorySegment work = arena.allocate(WORK_BYTES, 64);
    FieldWorkSet rows = new FieldWorkSet(engine, work, ROW_BYTES);
    byte[] x = new byte[WORK_BYTES / 2];
    byte[] y = new byte[WORK_BYTES / 2];
    byte[] products = SeededBytes.allocate(arena, 256, SEED).toArray(ValueLayout.JAVA_BYTE);
    return new Pair(
        "two layers of butterflies",
        () -> rows.run(FieldWorkSet.Pass.FORWARD4),
        () -> {
          layer(x, y, products);
          layer(x, y, products);
        },
        2);
  }

  private static void layer(byte[] x, byte[] y, byte[] products) {
    for (int i = 0; i < x.length; i++) {
      x[i] ^= products[y[i] & 0xFF];
      y[i] ^= x[i];
    }
  }
}
