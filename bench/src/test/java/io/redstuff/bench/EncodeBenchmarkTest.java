package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.SliverPair;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.simd.Engines;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodeBenchmarkTest {
  @ParameterizedTest
  @EnumSource
  void bothWaysGetTheOfficialIdAndTheSliversAreThere(GoldenBlob golden) throws RedStuffException {
    EncodeBenchmark benchmark = new EncodeBenchmark();
    golden.giveTo(benchmark);
    benchmark.blobBytes = golden.length;
    benchmark.setUp();
    RedStuff reference = RedStuff.forShards(golden.shards, Engines.named("reference"));
    try (EncodedBlob expected = reference.encode(benchmark.blob())) {
      golden.assertId(benchmark.encode(new Bytes()));
      golden.assertId(benchmark.encodeIntoKeptMemory(new Bytes()));
      long primary = 0;
      long secondary =
          expected.pairs().stream().mapToLong(p -> p.primary().segment().byteSize()).sum();
      for (int i = 0; i < golden.shards; i++) {
        SliverPair pair = expected.pairs().get(i);
        SliverPair mirrored = expected.pairs().get(golden.shards - 1 - i);
        primary += assertWritten(benchmark, primary, pair.primary().segment());
        secondary += assertWritten(benchmark, secondary, mirrored.secondary().segment());
      }
      assertEquals(benchmark.slivers().byteSize(), secondary);
    } finally {
      benchmark.tearDown();
    }
  }

  private static long assertWritten(EncodeBenchmark benchmark, long at, MemorySegment expected) {
    assertEquals(
        -1, benchmark.slivers().asSlice(at, expected.byteSize()).mismatch(expected), "at " + at);
    return expected.byteSize();
  }
}
