package io.redstuff.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes that look random and are the same in every run. */
final class SeededBytes {
  private static final long ALIGNMENT = 64;

  private SeededBytes() {}

  /**
   * Fills native memory with the low bytes of a 32-bit xorshift generator: those of which the
   * golden test vectors are made, so that ids can be compared with published ones.
   */
  static MemorySegment allocate(Arena arena, long length, int seed) {
    MemorySegment bytes = arena.allocate(length, ALIGNMENT);
    int x = (int) (seed * 2654435761L + 1);
    for (long i = 0; i < length; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      bytes.set(ValueLayout.JAVA_BYTE, i, (byte) x);
    }
    return bytes;
  }
}
