package io.redstuff.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  /** An arena takes nothing back: what grows byte by byte must not take a square of them. */
  @Test
  void growsByDoubling() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = NativeMemory.atLeast(MemorySegment.NULL, 100, arena);
      assertEquals(100, memory.byteSize());
      assertSame(memory, NativeMemory.atLeast(memory, 100, arena));
      MemorySegment grown = NativeMemory.atLeast(memory, 101, arena);
      assertEquals(200, grown.byteSize());
      assertEquals(5000, NativeMemory.atLeast(grown, 5000, arena).byteSize());
      assertEquals(0, grown.address() % 64);
    }
  }
}
