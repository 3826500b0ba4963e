package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir Path directory;

  /** A small file of results, as JMH writes them. */
  static Path fixture() throws URISyntaxException {
    return Path.of(ResultsTest.class.getResource("results.json").toURI());
  }

  @Test
  void timesAreInNanoseconds() throws URISyntaxException {
    Results results = Results.read(fixture());
    Measurement work = results.one(Query.of("WorkBenchmark.work", "blobBytes", 1)).orElseThrow();
    assertEquals(2e6, work.nanos());
    assertEquals(123_400, work.error(), 1e-6);
    assertEquals(0.02, work.allocated().orElseThrow());
    assertEquals(Optional.of(1L), work.number("blobBytes"));
    assertEquals(
        10.5e6, results.one(Query.of("official.work", "blobBytes", 1)).orElseThrow().nanos());
    assertTrue(
        Double.isNaN(results.one(Query.of("official.work", "blobBytes", 1)).orElseThrow().error()));
  }

  @Test
  void whatIsNotThereIsEmptyAndWhatIsTwiceIsRefused() throws URISyntaxException {
    Results results = Results.read(fixture(), directory.resolve("nowhere.json"));
    assertEquals(Optional.empty(), results.one(Query.of("WorkBenchmark.work", "blobBytes", 7)));
    assertEquals(Optional.empty(), results.one(Query.of("Benchmark.work")));
    assertThrows(IllegalArgumentException.class, () -> results.one(Query.of("WorkBenchmark.work")));
  }

  @Test
  void throughputIsRefused() throws IOException {
    Path file = directory.resolve("results.json");
    Files.writeString(file, "[{\"benchmark\": \"x\", \"mode\": \"thrpt\"}]");
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Results.read(file));
    assertEquals(file + ": x: got mode thrpt, expected avgt", thrown.getMessage());
  }

  @Test
  void theReferenceIsReadable() {
    Results reference = Results.read(Path.of("reference/official.json"));
    Query blobId = Query.of("official.blobId", "shards", 1000, "blobBytes", 268435456);
    assertEquals(1986e6, reference.one(blobId).orElseThrow().nanos());
  }
}
