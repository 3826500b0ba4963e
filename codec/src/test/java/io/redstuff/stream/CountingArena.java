package io.redstuff.stream;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Counts what is taken from another arena. */
final class CountingArena implements Arena {
  private final Arena arena;
  private long bytes;

  CountingArena(Arena arena) {
    this.arena = arena;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    bytes += byteSize;
    return arena.allocate(byteSize, byteAlignment);
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public void close() {
    arena.close();
  }
}
