package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;
import io.redstuff.error.RedStuffException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkBlobIdBenchmarkTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bothWaysGiveTheIdsOfDifferentBlobs(int threads)
      throws RedStuffException, InterruptedException {
    BulkBlobIdBenchmark benchmark = new BulkBlobIdBenchmark();
    benchmark.shards = 70;
    benchmark.blobBytes = 64;
    benchmark.threads = threads;
    benchmark.setUp();
    try {
      List<BlobId> ids = benchmark.inBulk(new Bytes());
      assertEquals(ids, benchmark.oneAtATime(new Bytes()));
      assertEquals(BulkBlobIdBenchmark.BLOBS, new HashSet<>(ids).size());
    } finally {
      benchmark.tearDown();
    }
  }
}
