package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single symbols against whole codewords. */
class SymbolCombinerTest {
  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everySymbolFromAnyOthers(Engine engine) {
    Random random = new Random(3);
    for (int[] shape : new int[][] {{1, 1}, {2, 3}, {3, 2}, {7, 9}, {9, 7}, {20, 45}, {45, 20}}) {
      ReedSolomon code = ReedSolomon.of(shape[0], shape[1]);
      for (int size : new int[] {2, 66, 9000}) {
        try (Arena arena = Arena.ofConfined()) {
          int lanes = size > 1000 ? 1 : 3;
          long row = (long) size * lanes;
          MemorySegment codeword = arena.allocate(row * code.length());
          byte[] originals = new byte[(int) row * code.originals()];
          random.nextBytes(originals);
          MemorySegment.copy(originals, 0, codeword, JAVA_BYTE, 0, originals.length);
          SymbolRows rows = new SymbolRows.Grid(codeword, 0, 0, row, size);
          code.newEncoder(engine, arena).encode(rows, rows, size, lanes);
          List<Integer> order = new ArrayList<>(IntStream.range(0, code.length()).boxed().toList());
          Collections.shuffle(order, random);
          BitSet present = new BitSet();
          order.subList(0, code.originals()).forEach(present::set);
          ErasurePattern pattern = code.erasures(present);
          SymbolCombiner combiner = new SymbolCombiner(engine, arena);
          MemorySegment symbol = arena.allocate(row);
          for (int index = 0; index < code.length(); index++) {
            int wanted = index;
            SymbolRows target = new SymbolRows.Grid(symbol, 0, index, row, size);
            if (present.get(index)) {
              assertThrows(
                  IllegalArgumentException.class,
                  () -> combiner.combine(pattern, new int[] {wanted}, rows, target, size, lanes));
            } else {
              combiner.combine(pattern, new int[] {index}, rows, target, size, lanes);
              assertArrayEquals(
                  codeword.asSlice(index * row, row).toArray(JAVA_BYTE),
                  symbol.toArray(JAVA_BYTE),
                  () -> engine + " " + code + " symbol " + wanted);
            }
          }
          assertThrows(IndexOutOfBoundsException.class, () -> pattern.coefficients(code.length()));
          int[] missing =
              order.subList(code.originals(), code.length()).stream()
                  .mapToInt(Integer::intValue)
                  .limit(SymbolCombiner.MOST_SYMBOLS)
                  .toArray();
          MemorySegment together = arena.allocate(codeword.byteSize());
          SymbolRows targets = new SymbolRows.Grid(together, 0, 0, row, size);
          combiner.combine(pattern, missing, rows, targets, size, lanes);
          for (int index : missing) {
            assertArrayEquals(
                codeword.asSlice(index * row, row).toArray(JAVA_BYTE),
                together.asSlice(index * row, row).toArray(JAVA_BYTE),
                () -> engine + " " + code + " symbol " + index);
          }
          int[] tooMany = new int[SymbolCombiner.MOST_SYMBOLS + 1];
          assertThrows(
              IllegalArgumentException.class,
              () -> combiner.combine(pattern, tooMany, rows, targets, size, lanes));
        }
      }
    }
  }

  /** Sizes and every symbol, at hand or wanted, are looked at before anything is written. */
  @ParameterizedTest
  @MethodSource("engines")
  void refusalsNameWhatIsWrong(Engine engine) {
    int size = 64;
    ReedSolomon code = ReedSolomon.of(3, 2);
    BitSet present = new BitSet();
    present.set(0, 3);
    ErasurePattern pattern = code.erasures(present);
    int[] wanted = {3, 4};
    try (Arena arena = Arena.ofConfined()) {
      SymbolCombiner combiner = new SymbolCombiner(engine, arena);
      MemorySegment originals = arena.allocate(3L * size).fill((byte) 7);
      MemorySegment sums = arena.allocate(2L * size);
      MemorySegment heap = MemorySegment.ofArray(new byte[3 * size]);
      SymbolRows in = new SymbolRows.Grid(originals, 0, 0, size, size);
      SymbolRows out = new SymbolRows.Grid(sums, 0, 3, size, size);
      refused("symbol size: got 3", () -> combiner.combine(pattern, wanted, in, out, 3, 1));
      refused("symbol size: got 0", () -> combiner.combine(pattern, wanted, in, out, 0, 1));
      refused("lanes: got -1", () -> combiner.combine(pattern, wanted, in, out, size, -1));
      SymbolRows onHeap = new SymbolRows.Grid(heap, 0, 0, size, size);
      refused(
          "symbol 0: got heap memory",
          () -> combiner.combine(pattern, wanted, onHeap, out, size, 1));
      SymbolRows tooFar = new SymbolRows.Grid(originals, 2, 0, size, size);
      refused(
          "symbol 2: got 1 lanes", () -> combiner.combine(pattern, wanted, tooFar, out, size, 1));
      SymbolRows readOnly = new SymbolRows.Grid(sums.asReadOnly(), 0, 3, size, size);
      refused(
          "symbol 3: got read-only memory",
          () -> combiner.combine(pattern, wanted, in, readOnly, size, 1));
      SymbolRows tooShort = new SymbolRows.Grid(sums, 2, 3, size, size);
      refused(
          "symbol 4: got 1 lanes", () -> combiner.combine(pattern, wanted, in, tooShort, size, 1));
      assertArrayEquals(new byte[2 * size], sums.toArray(JAVA_BYTE));
    }
  }

  private static void refused(String expected, Executable call) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
