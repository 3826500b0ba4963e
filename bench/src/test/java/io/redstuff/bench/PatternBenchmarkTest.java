package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.Engines;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.SymbolRows;
import io.redstuff.simd.field.Gf16;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternBenchmarkTest {
  /** A symbol of one element is its low byte, then its high byte. */
  private static final ValueLayout.OfShort ELEMENT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @ParameterizedTest
  @ValueSource(strings = {"10:4:2", "4:7:2", "8:8:2"})
  void theFirstOriginalsAreLostAndTheCoefficientsGiveTheFirst(String shape) {
    PatternBenchmark benchmark = new PatternBenchmark();
    benchmark.shape = shape;
    benchmark.setUp();
    CodeShape parsed = CodeShape.parse(shape);
    ErasurePattern pattern = benchmark.prepare();
    assertArrayEquals(IntStream.range(0, parsed.mostLost()).toArray(), pattern.missing());

    int[] coefficients = benchmark.coefficients();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codeword = SeededBytes.allocate(arena, 2L * parsed.code().length(), 1);
      SymbolRows rows = SymbolRows.contiguous(codeword, 0, 2);
      parsed.code().newEncoder(Engines.named("reference"), arena).encode(rows, rows, 2, 1);
      int sum = 0;
      for (int i = 0; i < coefficients.length; i++) {
        sum ^= Gf16.multiply(coefficients[i], element(codeword, pattern.used()[i]));
      }
      assertEquals(element(codeword, 0), sum);
    }
  }

  private static int element(MemorySegment codeword, int index) {
    return Short.toUnsignedInt(codeword.get(ELEMENT, 2L * index));
  }
}
