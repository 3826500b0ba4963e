package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single symbols against whole codewords. */
class SymbolCombinerTest {
  static Stream<Engine> engines() {
    return Engines.available().stream();
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
}
