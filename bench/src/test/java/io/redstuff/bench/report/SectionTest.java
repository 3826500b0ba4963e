package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URISyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionTest {
  @Test
  void aComparisonShowsRatiosAndGoals() throws URISyntaxException {
    Comparison comparison =
        new Comparison(
            List.of(
                row("1 byte", 1, 5),
                row("1000 bytes", 1000, 3.5),
                row("7 bytes", 7, 2),
                row("beside WASM", 1, 0).asFastAsWasm(15)));
    assertEquals(
        """
        | work | ours | heap | official native (reference) | ratio | official WASM | ratio | at least | met |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|
        | 1 byte | 2.00 ± 0.12 ms | 0 B | 10.5 ms | 5.25x | 30.0 ± 1.0 ms | 15.0x | 5x | yes |
        | 1000 bytes | 4.00 ms | 1.54 kB | 12.0 ms | 3.00x | – | – | 3.5x | **no** |
        | 7 bytes | not measured | – | – | – | – | – | 2x | – |
        | beside WASM | 2.00 ± 0.12 ms | 0 B | 10.5 ms | 5.25x | 30.0 ± 1.0 ms | 15.0x | 15x WASM | yes |
        """,
        comparison.table(Results.read(ResultsTest.fixture())).toString());
  }

  @Test
  void ratesSayWhoComputesWhat() throws URISyntaxException {
    Rates rates =
        new Rates(
            "blocks",
            List.of(
                new Rates.Row("a", "we", "this", ours(1), 8e6, 3.8),
                new Rates.Row("b", "they", "that", ours(1000), 4e6, 3.8),
                new Rates.Row("c", "nobody", "nothing", ours(7), 4e6, 0)));
    assertEquals(
        """
        | who | computes | work | time | rate, blocks | at least | met |
        |---|---|---|---:|---:|---:|---:|
        | we | this | a | 2.00 ± 0.12 ms | 4.00 GB/s | 3.8 GB/s | yes |
        | they | that | b | 4.00 ms | 999 MB/s | 3.8 GB/s | **no** |
        | nobody | nothing | c | not measured | – | – | – |
        """,
        rates.table(Results.read(ResultsTest.fixture())).toString());
  }

  @Test
  void speedupsCompareWhatWasMeasuredTogether() throws URISyntaxException {
    Speedups speedups =
        new Speedups("one", "two", List.of(new Speedups.Row("work", ours(1000), ours(1), 1.85)));
    assertEquals(
        """
        | work | one | two | ratio | at least | met |
        |---|---:|---:|---:|---:|---:|
        | work | 4.00 ms | 2.00 ± 0.12 ms | 2.00x | 1.85x | yes |
        """,
        speedups.table(Results.read(ResultsTest.fixture())).toString());
  }

  @Test
  void aRowHasAsManyCellsAsTheHeader() {
    Table table = new Table(1, List.of("a", "b"));
    assertThrows(IllegalArgumentException.class, () -> table.add(List.of("1")));
  }

  private static Comparison.Row row(String work, int bytes, double atLeast) {
    return Comparison.Row.of(
            work, ours(bytes), Query.of("official.work", "blobBytes", bytes), atLeast)
        .withWasm(Query.of("walrus-wasm.work", "blobBytes", bytes));
  }

  private static Query ours(int bytes) {
    return Query.of("WorkBenchmark.work", "blobBytes", bytes);
  }
}
