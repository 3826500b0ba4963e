package io.redstuff.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliverCacheTest {
  private static final int LENGTH = 100;

  @TempDir Path temporary;

  private static Sliver sliver(int index) {
    byte[] symbols = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      symbols[i] = (byte) (7 * index + i);
    }
    return Sliver.copyOf(SliverId.primary(index), 2, symbols);
  }

  private static byte[] read(SliverCache cache, int index, int offset, int length)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(length);
      cache.read(SliverId.primary(index), offset, target);
      return target.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Test
  void whatDoesNotFitGoesToAFile() throws IOException {
    Workspace two = Workspace.ofMemory(2 * LENGTH).spillingTo(temporary);
    try (SliverCache cache = new SliverCache(two)) {
      for (int index = 0; index < 5; index++) {
        assertFalse(cache.has(SliverId.primary(index)));
        cache.put(sliver(index));
        cache.put(sliver(index));
        assertTrue(cache.has(SliverId.primary(index)));
      }
      for (int index = 0; index < 5; index++) {
        byte[] all = sliver(index).toBytes();
        assertArrayEquals(all, read(cache, index, 0, LENGTH));
        assertEquals(all[LENGTH - 3], read(cache, index, LENGTH - 3, 1)[0]);
      }
      assertThrows(IOException.class, () -> read(cache, 4, 1, LENGTH));
    }
  }

  @Test
  void withoutAPlaceForFilesThereIsNoRoom() throws IOException {
    try (SliverCache cache = new SliverCache(Workspace.ofMemory(LENGTH))) {
      cache.put(sliver(0));
      IOException e = assertThrows(IOException.class, () -> cache.put(sliver(1)));
      assertTrue(e.getMessage().contains("spill directory"), e.getMessage());
    }
  }

  @Test
  void whatComesTooLateGoesNowhere() throws IOException {
    SliverCache cache = new SliverCache(Workspace.ofMemory(LENGTH));
    cache.put(sliver(0));
    cache.close();
    cache.put(sliver(1));
    assertFalse(cache.has(SliverId.primary(0)));
    assertFalse(cache.has(SliverId.primary(1)));
  }
}
