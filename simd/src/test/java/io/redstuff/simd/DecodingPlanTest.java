package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to cut the points into blocks decodes alike; the plan picks sensible ones. */
class DecodingPlanTest {
  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  /** Losses of {@code lost} originals from {@code from} on, made up for by the last symbols. */
  private static ErasurePattern pattern(ReedSolomon code, int from, int lost) {
    BitSet present = new BitSet();
    present.set(0, code.originals());
    present.clear(from, from + lost);
    present.set(code.length() - lost, code.length());
    return code.erasures(present);
  }

  /**
   * With one decoder for all plans of a code: what a plan leaves in its memory is in no other's
   * way.
   */
  @ParameterizedTest
  @MethodSource("engines")
  void everyBlockSizeRestores(Engine engine) {
    Random random = new Random(31);
    Set<Integer> sizes = new HashSet<>();
    int oneWanted = 0;
    for (int[] shape : new int[][] {{34, 66}, {67, 33}, {64, 64}, {120, 9}, {9, 120}, {300, 60}}) {
      ReedSolomon code = ReedSolomon.of(shape[0], shape[1]);
      int most = Math.min(shape[0], shape[1]);
      try (Arena arena = Arena.ofConfined()) {
        ReedSolomonDecoder decoder = code.newDecoder(engine, arena);
        for (int lost = 1; lost <= most; lost += Math.max(1, lost / 2)) {
          ErasurePattern pattern = pattern(code, random.nextInt(shape[0] - lost + 1), lost);
          for (int size = 1; size <= code.domain(); size *= 2) {
            DecodingPlan plan = pattern.plan(size);
            assertEquals(size, plan.live().size());
            oneWanted += plan.wanted().count() == 1 ? 1 : 0;
            assertTrue((long) plan.blocksOfMemory() * size <= 2L * code.domain());
            assertRestores(engine, decoder, pattern, plan, random);
          }
          sizes.add(pattern.plan().live().size());
        }
      }
    }
    assertTrue(sizes.size() > 3, () -> "chosen sizes " + sizes);
    assertTrue(oneWanted > 10);
  }

  private static void assertRestores(
      Engine engine,
      ReedSolomonDecoder decoder,
      ErasurePattern pattern,
      DecodingPlan plan,
      Random random) {
    assertRestores(engine, decoder, pattern, plan, random, 6);
  }

  private static void assertRestores(
      Engine engine,
      ReedSolomonDecoder decoder,
      ErasurePattern pattern,
      DecodingPlan plan,
      Random random,
      int symbolBytes) {
    ReedSolomon code = pattern.code();
    try (Arena arena = Arena.ofConfined()) {
      byte[] originals = new byte[symbolBytes * code.originals()];
      random.nextBytes(originals);
      MemorySegment codeword = arena.allocate((long) symbolBytes * code.length());
      MemorySegment.copy(originals, 0, codeword, JAVA_BYTE, 0, originals.length);
      SymbolRows rows = SymbolRows.contiguous(codeword, 0, symbolBytes);
      code.newEncoder(engine, arena).encode(rows, rows, symbolBytes, 1);
      for (int lost : pattern.missing()) {
        codeword.asSlice((long) lost * symbolBytes, symbolBytes).fill((byte) 99);
      }
      decoder.decode(plan, rows, rows, symbolBytes, 1);
      assertArrayEquals(
          originals,
          codeword.asSlice(0, originals.length).toArray(JAVA_BYTE),
          () -> engine + " " + code + " in blocks of " + plan.live().size());
    }
  }

  /** Symbols as long as the rows that the memory has room for, however many blocks there are. */
  @Test
  void longSymbolsFitTheMemoryOfEveryPlan() {
    ReedSolomon code = ReedSolomon.of(300, 60);
    Engine engine = Engines.named(Engines.selected().name());
    try (Arena arena = Arena.ofConfined()) {
      ReedSolomonDecoder decoder = code.newDecoder(engine, arena);
      ErasurePattern pattern = pattern(code, 100, 60);
      for (int size : new int[] {64, 512}) {
        assertRestores(engine, decoder, pattern, pattern.plan(size), new Random(size), 2560);
      }
    }
  }

  @Test
  void fewLossesAreCombinedAndManyTransformed() {
    ReedSolomon code = ReedSolomon.of(667, 333);
    assertEquals(1, pattern(code, 17, 1).plan().live().size());
    int many = pattern(code, 0, 333).plan().live().size();
    assertTrue(many >= 128 && many < code.domain(), () -> "blocks of " + many);
  }
}
