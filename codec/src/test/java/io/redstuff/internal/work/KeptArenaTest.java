package io.redstuff.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class KeptArenaTest {
  private static final byte[] ZEROS = new byte[100];

  private final KeptArena arena = new KeptArena(256);

  @Test
  void littleIsGivenOutAgainAsZeros() {
    MemorySegment first = arena.allocate(100, 8);
    assertEquals(0, first.address() % 64);
    assertEquals(first.address() + 128, arena.allocate(1, 64).address());
    first.fill((byte) 7);
    arena.close();
    MemorySegment again = arena.allocate(100, 8);
    assertEquals(first.address(), again.address());
    assertEquals(-1, again.mismatch(MemorySegment.ofArray(ZEROS)));
  }

  /** Of what is too long, aligned more, or asked for when the rest is full. */
  @Test
  void whatDoesNotFitEndsWithTheBlob() {
    MemorySegment aligned = arena.allocate(100, 4096);
    assertEquals(0, aligned.address() % 4096);
    MemorySegment kept = arena.allocate(200, 1);
    MemorySegment more = arena.allocate(1, 1);
    MemorySegment large = arena.allocate(257, 1);
    assertTrue(arena.scope().isAlive());
    arena.close();
    for (MemorySegment gone : new MemorySegment[] {aligned, more, large}) {
      assertFalse(gone.scope().isAlive());
    }
    assertTrue(kept.scope().isAlive());
    assertEquals(kept.address(), arena.allocate(1, 1).address());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> arena.allocate(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> arena.allocate(1, 3));
    arena.close();
  }
}
