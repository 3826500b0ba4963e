package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.error.RedStuffException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReedSolomonBenchmarkTest {
  private static ReedSolomonBenchmark benchmark(String engine, String shape, int lanes) {
    ReedSolomonBenchmark benchmark = new ReedSolomonBenchmark();
    benchmark.engine = engine;
    benchmark.shape = shape;
    benchmark.lanes = lanes;
    return benchmark;
  }

  /** The whole codewords as the reference engine encodes them. */
  private static MemorySegment expected(String shape, int lanes, Arena arena)
      throws RedStuffException {
    ReedSolomonBenchmark reference = benchmark("reference", shape, lanes);
    reference.setUp();
    try {
      reference.encode(new Bytes());
      return arena.allocate(reference.codewords().byteSize()).copyFrom(reference.codewords());
    } finally {
      reference.tearDown();
    }
  }

  @ParameterizedTest
  @CsvSource({"10:4:70, 1", "10:4:70, 5", "4:7:1206, 1", "5:9:2, 33", "8:8:4098, 2"})
  void encodesLikeTheReferenceAndDecodesWhatWasLost(String shape, int lanes)
      throws RedStuffException {
    ReedSolomonBenchmark benchmark = benchmark(EngineBenchmark.SELECTED, shape, lanes);
    benchmark.setUp();
    try (Arena arena = Arena.ofConfined()) {
      CodeShape parsed = CodeShape.parse(shape);
      long rowBytes = (long) lanes * parsed.symbolBytes();
      MemorySegment recovery = benchmark.codewords().asSlice(parsed.code().originals() * rowBytes);
      recovery.fill((byte) 0);
      Bytes bytes = new Bytes();
      benchmark.encode(bytes);
      assertEquals(-1, benchmark.codewords().mismatch(expected(shape, lanes, arena)));
      assertEquals(benchmark.codewords().byteSize(), bytes.bytes);

      long lost = parsed.mostLost() * rowBytes;
      MemorySegment original =
          arena.allocate(lost).copyFrom(benchmark.codewords().asSlice(0, lost));
      benchmark.codewords().asSlice(0, lost).fill((byte) 0);
      benchmark.decode(new Bytes());
      assertEquals(-1, benchmark.restoredSymbols().asSlice(0, lost).mismatch(original));
    } finally {
      benchmark.tearDown();
    }
  }

  @Test
  void aShapeHasThreeNumbers() {
    assertThrows(IllegalArgumentException.class, () -> CodeShape.parse("10:4"));
  }
}
