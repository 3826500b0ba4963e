package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.redstuff.BlobId;
import org.junit.jupiter.api.Test;

/** A number says nothing about a benchmark that computes something else. */
class BlobIdBenchmarkTest {
  @Test
  void theSelectedEngineGetsTheIdOfTheReference() {
    assertEquals(blobId("reference"), blobId(BlobIdBenchmark.SELECTED));
  }

  @Test
  void theBuildListsTheBenchmark() {
    // Without its annotation processor JMH has nothing to run, and javac says nothing about it.
    assertNotNull(getClass().getResource("/META-INF/BenchmarkList"));
  }

  private static BlobId blobId(String engine) {
    BlobIdBenchmark benchmark = new BlobIdBenchmark();
    benchmark.shards = 10;
    benchmark.blobBytes = 1000;
    benchmark.engine = engine;
    benchmark.setUp();
    try {
      return benchmark.blobId();
    } finally {
      benchmark.tearDown();
    }
  }
}
