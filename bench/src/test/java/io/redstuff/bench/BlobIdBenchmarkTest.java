package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.redstuff.error.RedStuffException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A number says nothing about a benchmark that computes something else. */
class BlobIdBenchmarkTest {
  @ParameterizedTest
  @EnumSource
  void bothWaysGetTheOfficialId(GoldenBlob golden) throws RedStuffException {
    BlobIdBenchmark benchmark = new BlobIdBenchmark();
    golden.giveTo(benchmark);
    benchmark.blobBytes = golden.length;
    benchmark.setUp();
    try {
      Bytes bytes = new Bytes();
      golden.assertId(benchmark.blobId(bytes));
      golden.assertId(benchmark.blobIdWithKeptEncoder(bytes));
      assertEquals(2 * golden.length, bytes.bytes);
    } finally {
      benchmark.tearDown();
    }
  }

  @Test
  void theEngineIsTheOneAskedFor() throws RedStuffException {
    BlobIdBenchmark benchmark = new BlobIdBenchmark();
    benchmark.shards = 10;
    benchmark.engine = "reference";
    benchmark.setUp();
    try {
      assertEquals("reference", benchmark.codec().engine().name());
    } finally {
      benchmark.tearDown();
    }
  }

  @Test
  void theBuildListsTheBenchmark() {
    // Without its annotation processor JMH has nothing to run, and javac says nothing about it.
    assertNotNull(getClass().getResource("/META-INF/BenchmarkList"));
  }
}
