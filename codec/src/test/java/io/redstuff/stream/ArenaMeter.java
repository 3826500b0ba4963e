package io.redstuff.stream;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.UnaryOperator;

/** Counts what is taken from arenas until they are closed. */
public final class ArenaMeter implements UnaryOperator<Arena> {
  private long taken;
  private long peak;
  private int open;

  /** Counts from nothing. */
  public ArenaMeter() {}

  /** The most bytes that were taken at a time. */
  public long peak() {
    return peak;
  }

  /** How many arenas are not closed. */
  public int open() {
    return open;
  }

  @Override
  public Arena apply(Arena arena) {
    open++;
    return new Metered(arena);
  }

  private final class Metered implements Arena {
    private final Arena arena;
    private long bytes;

    Metered(Arena arena) {
      this.arena = arena;
    }

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
      bytes += byteSize;
      taken += byteSize;
      peak = Math.max(peak, taken);
      return arena.allocate(byteSize, byteAlignment);
    }

    @Override
    public MemorySegment.Scope scope() {
      return arena.scope();
    }

    @Override
    public void close() {
      arena.close();
      taken -= bytes;
      open--;
    }
  }
}
