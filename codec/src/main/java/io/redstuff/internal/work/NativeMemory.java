package io.redstuff.internal.work;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Work memory that grows when it must. */
public final class NativeMemory {
  private static final long ALIGNMENT = 64;

  private NativeMemory() {}

  /**
   * The given memory if it is large enough, else new memory.
   *
   * @param current what there is; {@link MemorySegment#NULL} for nothing
   * @param bytes how much is needed
   * @param arena gives new memory
   * @return native memory of at least {@code bytes} bytes; new memory is zero
   */
  public static MemorySegment atLeast(MemorySegment current, long bytes, Arena arena) {
    return current.byteSize() >= bytes ? current : arena.allocate(bytes, ALIGNMENT);
  }
}
