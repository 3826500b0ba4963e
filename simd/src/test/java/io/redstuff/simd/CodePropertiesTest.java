package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.field.Gf16;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What makes the code a code, on the selected engine. */
class CodePropertiesTest {
  private static final int LAST = Gf16.ORDER - 1;

  /** Symbols of one element each: the symbol is the element. */
  private static byte[] times(byte[] symbols, int factor) {
    byte[] products = new byte[symbols.length];
    for (int i = 0; i < symbols.length; i += 2) {
      int element = (symbols[i] & 0xFF) | (symbols[i + 1] & 0xFF) << 8;
      int product = Gf16.multiply(element, factor);
      products[i] = (byte) product;
      products[i + 1] = (byte) (product >> 8);
    }
    return products;
  }

  @Property(tries = 200)
  void multiplesOfCodewordsAreCodewords(
      @ForAll @IntRange(min = 1, max = 60) int originalCount,
      @ForAll @IntRange(min = 1, max = 60) int recoveryCount,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(max = LAST) int factor,
      @ForAll long seed) {
    ReedSolomon code = ReedSolomon.of(originalCount, recoveryCount);
    Engine engine = Engines.named(Engines.selected().name());
    byte[] originals = ReedSolomonTest.randomBytes(originalCount * 2 * lanes, seed);
    assertArrayEquals(
        times(ReedSolomonTest.encode(engine, code, originals, 2, lanes), factor),
        ReedSolomonTest.encode(engine, code, times(originals, factor), 2, lanes));
  }

  /** Two different codewords differ in more than m symbols: no k symbols are in both. */
  @Test
  void everyChoiceOfEnoughSymbolsOfEverySmallCodeGivesTheRest() {
    Engine engine = Engines.named(Engines.selected().name());
    int choices = 0;
    for (int originals = 1; originals <= 9; originals++) {
      for (int recovery = 1; originals + recovery <= 10; recovery++) {
        ReedSolomon code = ReedSolomon.of(originals, recovery);
        byte[] data = ReedSolomonTest.randomBytes(6 * originals, originals);
        byte[] rest = ReedSolomonTest.encode(engine, code, data, 6, 1);
        for (long chosen = 0; chosen < 1L << code.length(); chosen++) {
          if (Long.bitCount(chosen) == originals) {
            BitSet present = BitSet.valueOf(new long[] {chosen});
            assertArrayEquals(
                data,
                ReedSolomonTest.decode(engine, code, data, rest, present, 6, 1),
                () -> code + " from " + present);
            choices++;
          }
        }
      }
    }
    // of the 2^l sets of l symbols all but the empty and the full one have the size of some k
    assertEquals(2026, choices);
  }

  /** Parity of parity: a matrix may be extended along its rows or along its columns first. */
  @Property(tries = 100)
  void rowsThenColumnsAreColumnsThenRows(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 20) int moreRows,
      @ForAll @IntRange(min = 1, max = 20) int columns,
      @ForAll @IntRange(min = 1, max = 20) int moreColumns,
      @ForAll @IntRange(min = 1, max = 70) int halfSymbol,
      @ForAll long seed) {
    int size = 2 * halfSymbol;
    int width = columns + moreColumns;
    int height = rows + moreRows;
    ReedSolomon down = ReedSolomon.of(rows, moreRows);
    ReedSolomon across = ReedSolomon.of(columns, moreColumns);
    byte[] data = ReedSolomonTest.randomBytes(rows * columns * size, seed);
    byte[][] results = new byte[2][];
    for (int first = 0; first < 2; first++) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment matrix = arena.allocate((long) width * height * size, 64);
        for (int row = 0; row < rows; row++) {
          long at = (long) row * width * size;
          MemorySegment.copy(data, row * columns * size, matrix, JAVA_BYTE, at, columns * size);
        }
        for (int step = 0; step < 2; step++) {
          if (step == first) {
            // every row that is there so far is a lane
            int lanes = step == 0 ? rows : height;
            encode(across, arena, matrix, size, (long) width * size, size, lanes);
          } else {
            int lanes = step == 0 ? columns : width;
            encode(down, arena, matrix, (long) width * size, size, size, lanes);
          }
        }
        results[first] = matrix.toArray(JAVA_BYTE);
      }
    }
    assertArrayEquals(results[0], results[1]);
  }

  private static void encode(
      ReedSolomon code,
      Arena arena,
      MemorySegment matrix,
      long symbolStride,
      long laneStride,
      int size,
      int lanes) {
    SymbolRows symbols = new SymbolRows.Grid(matrix, 0, 0, symbolStride, laneStride);
    code.newEncoder(Engines.named(Engines.selected().name()), arena)
        .encode(symbols, symbols, size, lanes);
  }
}
