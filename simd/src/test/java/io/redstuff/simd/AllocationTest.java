package io.redstuff.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/**
 * Workers allocate nothing once warm. On the plain engine: what the compiler makes of the Vector
 * API's objects is not decided by this code.
 */
class AllocationTest {
  private static final int WARM_UP = 3000;
  private static final int ROUNDS = 200;

  /** A measuring round may be hit by a recompilation; one clean round of a few proves the point. */
  private static final int TRIES = 5;

  /**
   * Returns how many whole bytes a run allocates on average: counting allocates a little too, which
   * is less than a byte for each of so many runs. By reflection, so that the module under test need
   * not read the management modules.
   */
  private static long allocatedBytes(Runnable work) throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method counter =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
    }
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      long before = (Long) counter.invoke(threads);
      for (int i = 0; i < ROUNDS; i++) {
        work.run();
      }
      long after = (Long) counter.invoke(threads);
      least = Math.min(least, after - before);
    }
    return least / ROUNDS;
  }

  @Test
  void encodersDecodersAndHashersAllocateNothingOnceWarm() throws ReflectiveOperationException {
    Engine engine = Engines.named("plain");
    ReedSolomon code = ReedSolomon.of(5, 7);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codewords = arena.allocate(12 * 3 * 70, 64);
      SymbolRows rows = new SymbolRows.Grid(codewords, 0, 0, 3 * 70, 70);
      ReedSolomonEncoder encoder = code.newEncoder(engine, arena);
      assertEquals(0, allocatedBytes(() -> encoder.encode(rows, rows, 70, 3)));

      BitSet present = new BitSet();
      present.set(3, 8);
      ErasurePattern pattern = code.erasures(present);
      ReedSolomonDecoder decoder = code.newDecoder(engine, arena);
      assertEquals(0, allocatedBytes(() -> decoder.decode(pattern, rows, rows, 70, 3)));

      LeafHasher hasher = new LeafHasher(engine, arena);
      MemorySegment digests = arena.allocate(20 * 32, 64);
      assertEquals(
          0, allocatedBytes(() -> hasher.hash(0, codewords, 0, 70, 70, 20, digests, 0, 32)));
    }
  }
}
