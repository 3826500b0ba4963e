package io.redstuff.internal.work;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Work memory that grows when it must. */
public final class NativeMemory {
  /**
   * How many times the most that was asked for may be taken in all: as memory at least doubles, it
   * has become less than twice that, and so has all that was outgrown before.
   */
  public static final int GROWTH = 4;

  private static final long ALIGNMENT = 64;

  private NativeMemory() {}

  /**
   * Returns the given memory if it is large enough, else new memory, which is zero: at least twice
   * as much as before, since an arena does not take back what was outgrown. {@link
   * MemorySegment#NULL} stands for nothing yet.
   */
  public static MemorySegment atLeast(MemorySegment current, long bytes, Arena arena) {
    return current.byteSize() >= bytes
        ? current
        : arena.allocate(Math.max(bytes, 2 * current.byteSize()), ALIGNMENT);
  }
}
