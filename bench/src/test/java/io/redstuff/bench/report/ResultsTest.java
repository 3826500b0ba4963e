package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsTest {
  @TempDir Path directory;

  /** A small file of results, as JMH writes them. */
  static Path fixture() throws URISyntaxException {
    return Path.of(ResultsTest.class.getResource("results.json").toURI());
  }

  @Test
  void timesAreInNanosecondsAndPrintedWithTheirErrorIfThereIsOne() throws URISyntaxException {
    Results results = new Results(fixture());
    assertEquals(2e6, results.nanos("WorkBenchmark.work blobBytes=1"));
    assertEquals(0.02, results.heap("WorkBenchmark.work blobBytes=1"));
    assertEquals(10.5e6, results.nanos("official.work blobBytes=1"));
    assertEquals("2.00 ± 0.12 ms", results.time("WorkBenchmark.work blobBytes=1", ""));
    assertEquals("10.5 ms", results.time("official.work blobBytes=1", ""));
  }

  @Test
  void whatIsNotThereIsNoNumberAndWhatIsTwiceIsRefused() throws URISyntaxException {
    Results results = new Results(fixture(), directory.resolve("nowhere.json"));
    assertTrue(Double.isNaN(results.nanos("WorkBenchmark.work blobBytes=7")));
    assertTrue(Double.isNaN(results.nanos("WorkBenchmark.work blobBytes=1 mode=ss")));
    assertTrue(Double.isNaN(results.heap("official.work blobBytes=1")));
    assertEquals("none", results.time("Benchmark.work", "none"));
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> results.nanos("WorkBenchmark.work mode=avgt"));
    assertEquals("WorkBenchmark.work mode=avgt fits 2 measurements", thrown.getMessage());
  }

  @Test
  void throughputIsRefused() throws IOException {
    Path file = directory.resolve("results.json");
    Files.writeString(
        file,
        "[{\"benchmark\": \"x\", \"primaryMetric\": {\"score\": 1, \"scoreUnit\": \"ops/s\"}}]");
    Results results = new Results(file);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> results.nanos("x"));
    assertEquals("\"x\": got ops/s, expected a time per operation", thrown.getMessage());
  }

  @Test
  void theReferenceIsReadable() {
    Results reference = new Results(Path.of("reference/official.json"));
    assertEquals(1986e6, reference.nanos("official.blobId shards=1000 blobBytes=268435456"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "0.5, 0.500 ns",
    "123.4, 123 ns",
    "999.4, 999 ns",
    "999.6, 1.00 us",
    "12345, 12.3 us",
    "454e6, 454 ms",
    "16537e6, 16.5 s",
    "5e12, 5000 s",
    "NaN, –"
  })
  void figuresHaveThreeDigits(double number, String text) {
    assertEquals(text, new Results().figure(number, " ns", " us", " ms", " s"));
  }
}
