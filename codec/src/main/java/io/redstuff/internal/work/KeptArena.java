package io.redstuff.internal.work;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory of one blob after another. Little of it is kept and given out again, since shared
 * memory takes longer to free than a small blob to hash; what does not fit there, and what is
 * mapped, lives in an arena that ends with the blob.
 *
 * <p>For one blob at a time, whose memory any thread may use.
 */
public final class KeptArena implements Arena {
  private static final long ALIGNMENT = 64;

  private final MemorySegment kept;
  private long used;
  private Arena rest;

  public KeptArena(long keptBytes) {
    this.kept = Arena.ofAuto().allocate(keptBytes, ALIGNMENT);
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    long end = used + Math.ceilDiv(Math.max(0, byteSize), ALIGNMENT) * ALIGNMENT;
    if (byteSize < 0 || byteAlignment > ALIGNMENT || end > kept.byteSize()) {
      return rest().allocate(byteSize, byteAlignment);
    }
    MemorySegment segment = kept.asSlice(used, byteSize, byteAlignment);
    used = end;
    return segment.fill((byte) 0);
  }

  @Override
  public MemorySegment.Scope scope() {
    return rest().scope();
  }

  /** Ends the blob; the next one may come. */
  @Override
  public void close() {
    used = 0;
    if (rest != null) {
      Arena ending = rest;
      rest = null;
      ending.close();
    }
  }

  private Arena rest() {
    if (rest == null) {
      rest = Arena.ofShared();
    }
    return rest;
  }
}
