package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.error.RedStuffException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsBenchmarkTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anyNumberOfThreadsGetsTheOfficialId(int threads) throws RedStuffException {
    for (GoldenBlob golden : GoldenBlob.values()) {
      ThreadsBenchmark benchmark = new ThreadsBenchmark();
      golden.giveTo(benchmark);
      benchmark.blobBytes = golden.length;
      benchmark.threads = threads;
      benchmark.setUp();
      try {
        assertEquals(threads, benchmark.codec().parallelism());
        golden.assertId(benchmark.blobId(new Bytes()));
        golden.assertId(benchmark.encode(new Bytes()));
      } finally {
        benchmark.tearDown();
      }
    }
  }
}
