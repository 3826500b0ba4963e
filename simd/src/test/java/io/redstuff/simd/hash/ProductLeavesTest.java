package io.redstuff.simd.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.field.Gf16;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ProductLeavesTest {
  private static final int[] SYMBOLS = {0, 1, 2, 255, 256, 0x1234, 0x8000, 0xfffe, 0xffff};

  private static char log(int symbol, Arena arena) {
    MemorySegment bytes = arena.allocate(Short.BYTES + 1L, 1);
    bytes.set(ValueLayout.JAVA_BYTE, 1, (byte) symbol);
    bytes.set(ValueLayout.JAVA_BYTE, 2, (byte) (symbol >> Byte.SIZE));
    return ProductLeaves.log(bytes, 1);
  }

  @Test
  void aSymbolAndItsLogarithmSayTheSame() {
    try (Arena arena = Arena.ofConfined()) {
      for (int symbol : SYMBOLS) {
        assertEquals(symbol, ProductLeaves.symbol(log(symbol, arena)));
      }
      assertEquals(ProductLeaves.LOG_OF_ZERO, log(0, arena));
    }
  }

  @Test
  void digestsAreThoseOfTheProducts() {
    int[] factors = {1, 2, 3, 0x0100, 0x5a5a, 0x8000, 0xfffe, 0xffff};
    try (Arena arena = Arena.ofConfined()) {
      ProductLeaves leaves =
          new ProductLeaves(Engines.named(Engines.selected().name()).hash(), arena);
      char[] logs = new char[SYMBOLS.length + 1];
      for (int i = 0; i < SYMBOLS.length; i++) {
        logs[i + 1] = log(SYMBOLS[i], arena);
      }
      char[] factorLogs = new char[factors.length];
      for (int lane = 0; lane < factors.length; lane++) {
        factorLogs[lane] = log(factors[lane], arena);
      }
      MemorySegment groups = arena.allocate(LaneHasher.GROUP_BYTES * (SYMBOLS.length + 1L), 64);
      leaves.lookUp(logs, 1, SYMBOLS.length, factorLogs, groups, LaneHasher.GROUP_BYTES);
      for (int i = 0; i < SYMBOLS.length; i++) {
        for (int lane = 0; lane < factors.length; lane++) {
          int product = Gf16.multiply(SYMBOLS[i], factors[lane]);
          byte[] leaf = {LeafHasher.LEAF_PREFIX, (byte) product, (byte) (product >> Byte.SIZE)};
          MemorySegment digest = arena.allocate(LeafHasher.DIGEST_BYTES);
          LaneHasher.get(groups, (i + 1L) * LaneHasher.GROUP_BYTES, lane, digest, 0);
          assertArrayEquals(Blake2b.hash(leaf), digest.toArray(ValueLayout.JAVA_BYTE));
        }
      }
    }
  }
}
