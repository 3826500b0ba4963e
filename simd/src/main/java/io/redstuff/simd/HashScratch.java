package io.redstuff.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What a call of {@link HashKernels} works in, so that it need not allocate. Made once and used for
 * one call at a time.
 *
 * <p>Two kinds of memory because C2 inlines an access to a {@link MemorySegment} at the price of
 * some two hundred bytecodes, and gives up after a few dozen in one method, while an array element
 * is one instruction: vectors are kept in the segment, single words in the array.
 */
final class HashScratch {
  /** Length of {@link #memory}, in bytes. */
  static final long BYTES = 4096;

  /** Length of {@link #words}. */
  static final int WORDS = 48;

  private static final long ALIGNMENT = 64;

  /** Native memory, {@link #BYTES} long, starting at a multiple of 64 bytes. */
  final MemorySegment memory;

  /** {@link #WORDS} words. */
  final long[] words = new long[WORDS];

  HashScratch(Arena arena) {
    memory = arena.allocate(BYTES, ALIGNMENT);
  }
}
