package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.RedStuff;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliverThreadsBenchmarkTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsDecodedIsTheBlobAndAllSliversAreHealed(int threads) throws Exception {
    for (GoldenBlob golden : GoldenBlob.values()) {
      SliverThreadsBenchmark benchmark = new SliverThreadsBenchmark();
      golden.giveTo(benchmark);
      benchmark.blobBytes = golden.length;
      benchmark.threads = threads;
      benchmark.setUp();
      try {
        assertEquals(threads, benchmark.codec().parallelism());
        golden.assertId(RedStuff.forShards(golden.shards).blobId(benchmark.decode(new Bytes())));
        assertTrue(benchmark.repair(new Bytes()).unrestored().isEmpty());
      } finally {
        benchmark.tearDown();
      }
    }
  }
}
