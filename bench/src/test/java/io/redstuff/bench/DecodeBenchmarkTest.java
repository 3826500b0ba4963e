package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.ConsistencyCheck;
import io.redstuff.error.RedStuffException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeBenchmarkTest {
  private static DecodeBenchmark benchmark(String slivers, ConsistencyCheck check) {
    DecodeBenchmark benchmark = new DecodeBenchmark();
    GoldenBlob.TEN_SHARDS.giveTo(benchmark);
    benchmark.blobBytes = GoldenBlob.TEN_SHARDS.length;
    benchmark.slivers = slivers;
    benchmark.check = check;
    return benchmark;
  }

  @ParameterizedTest
  @ValueSource(strings = {"firstPrimaries", "lastPrimaries", "firstSecondaries", "lastSecondaries"})
  void theBlobComesBack(String slivers) throws RedStuffException {
    for (ConsistencyCheck check : ConsistencyCheck.values()) {
      DecodeBenchmark benchmark = benchmark(slivers, check);
      benchmark.setUp();
      try {
        MemorySegment decoded = benchmark.decode(new Bytes());
        assertEquals(-1, decoded.mismatch(benchmark.blob()), check::name);
        decoded.fill((byte) 0);
        assertEquals(decoded, benchmark.decodeVerified(new Bytes()));
        assertEquals(-1, decoded.mismatch(benchmark.blob()), check::name);
      } finally {
        benchmark.tearDown();
      }
    }
  }

  @Test
  void otherSliversAreUnknown() {
    DecodeBenchmark benchmark = benchmark("someSlivers", ConsistencyCheck.SKIP);
    assertThrows(IllegalArgumentException.class, benchmark::setUp);
    benchmark.tearDown();
  }
}
