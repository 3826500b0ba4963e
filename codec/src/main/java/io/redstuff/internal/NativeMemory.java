package io.redstuff.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Work memory that grows when it must and heap input that has to move off the heap. */
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

  /**
   * The given bytes in native memory, copied only if they are on the heap.
   *
   * @param bytes native or heap memory
   * @param arena gives the memory of a copy
   * @return native memory with the same content
   */
  public static MemorySegment of(MemorySegment bytes, Arena arena) {
    if (bytes.isNative()) {
      return bytes;
    }
    MemorySegment copy = arena.allocate(Math.max(1, bytes.byteSize()), ALIGNMENT);
    MemorySegment.copy(bytes, 0, copy, 0, bytes.byteSize());
    return copy.asSlice(0, bytes.byteSize());
  }
}
