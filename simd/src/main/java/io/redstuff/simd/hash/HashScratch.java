package io.redstuff.simd.hash;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What a call of {@link HashKernels} works in, so that it need not allocate. Made once and used for
 * one call at a time.
 *
 * <p>The state and the words of a block are in an array, not in native memory: an access to a
 * {@link MemorySegment} also checks which thread may use it. As soon as a program uses memory of
 * one thread and memory of all, C2 repeats that check at every access, and the registers it takes
 * cost the compression a seventh of its speed. C1 also needs some two hundred bytecodes for it.
 */
public final class HashScratch {
  /** Each word of a state has a slot of this many longs, all the same. */
  static final int SLOT = 8;

  /** How many longs of {@link #words} may be used. What follows is never changed. */
  static final int FREE = 200;

  /** Where in {@link #words} the eight words of the state before the first block are. */
  static final int INITIAL = FREE;

  /** Where in {@link #words} the eight words of the initialization vector are. */
  static final int IV = INITIAL + 8 * SLOT;

  /** Length of {@link #memory}, in bytes: a block of eight messages. */
  public static final long BYTES = 8L * Blake2b.BLOCK_BYTES;

  private static final long ALIGNMENT = 64;

  /** Native memory for what has to be copied before it can be read as vectors. */
  final MemorySegment memory;

  /** Words of messages and states. */
  final long[] words = new long[IV + 8 * SLOT];

  /** For messages too few to lie side by side. */
  final Blake2b single = new Blake2b();

  /** Made at first use, then kept. */
  private PlainHashLanes lanes;

  /**
   * Makes what calls work in as long as the arena is open.
   *
   * @param arena gives native memory
   */
  public HashScratch(Arena arena) {
    memory = arena.allocate(BYTES, ALIGNMENT);
    for (int i = 0; i < 8 * SLOT; i++) {
      int word = i / SLOT;
      words[INITIAL + i] = word == 0 ? Blake2b.H0 : Blake2b.iv(word);
      words[IV + i] = Blake2b.iv(word);
    }
  }

  /**
   * Fails unless the arena is open, and open to this thread: for engines that do not use its
   * memory.
   */
  void checkAccess() {
    memory.get(JAVA_BYTE, 0);
  }

  /** For many messages on the plain engine. */
  PlainHashLanes lanes() {
    if (lanes == null) {
      lanes = new PlainHashLanes();
    }
    return lanes;
  }
}
