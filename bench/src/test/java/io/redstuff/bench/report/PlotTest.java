package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  @TempDir Path directory;

  @Test
  void linesAreDrawnAsPngAndSvg() throws IOException, URISyntaxException {
    Path file = directory.resolve("lines");
    Chart chart =
        chart(line("ours", "WorkBenchmark.work", false), line("theirs", "official.work", true));
    assertTrue(Plot.lines(chart, Results.read(ResultsTest.fixture()), file));
    assertDrawn(file, "stroke:rgb(0,114,178)", "stroke:rgb(230,159,0)", "stroke-dasharray:8");
  }

  @Test
  void theSameIsDrawnAlike() throws IOException, URISyntaxException {
    Results results = Results.read(ResultsTest.fixture());
    Chart chart = chart(line("ours", "WorkBenchmark.work", false));
    assertTrue(Plot.lines(chart, results, directory.resolve("once")));
    assertTrue(Plot.lines(chart, results, directory.resolve("again")));
    assertEquals(
        Files.readString(directory.resolve("once.svg")),
        Files.readString(directory.resolve("again.svg")));
  }

  @Test
  void withoutPointsNothingIsWritten() throws URISyntaxException {
    Path file = directory.resolve("nothing");
    Chart chart = chart(line("ours", "Nothing.work", false));
    assertFalse(Plot.lines(chart, Results.read(ResultsTest.fixture()), file));
    assertFalse(Files.exists(directory.resolve("nothing.png")));
  }

  @Test
  void twoPointsAtOnePlaceAreRefused() throws URISyntaxException {
    Results twice = Results.read(ResultsTest.fixture(), ResultsTest.fixture());
    Chart chart = chart(line("ours", "WorkBenchmark.work", false));
    assertThrows(
        IllegalArgumentException.class, () -> Plot.lines(chart, twice, directory.resolve("twice")));
  }

  @Test
  void aBreakdownIsReadTabulatedAndDrawn() throws IOException {
    Path json = directory.resolve("breakdown.json");
    Files.writeString(
        json, "{\"64 MiB\": {\"leaves\": 75.5, \"rows\": 25}, \"1 B\": {\"leaves\": 40}}");
    Breakdown breakdown = Breakdown.read(json);
    assertEquals(
        """
        | blob | phase | time | share |
        |---|---|---:|---:|
        | 64 MiB | leaves | 75.5 ms | 75 % |
        | 64 MiB | rows | 25.0 ms | 25 % |
        | 1 B | leaves | 40.0 ms | 100 % |
        """,
        breakdown.table().toString());
    Path file = directory.resolve("stacks");
    Plot.stacks("Title", "ms", breakdown.phases(), file);
    assertDrawn(file, "fill:rgb(0,114,178)", "fill:rgb(230,159,0)");
  }

  @Test
  void aBreakdownWithoutNumbersIsRefused() throws IOException {
    Path json = directory.resolve("breakdown.json");
    Files.writeString(json, "{\"64 MiB\": {\"leaves\": \"many\"}}");
    assertThrows(IllegalArgumentException.class, () -> Breakdown.read(json));
    Files.writeString(json, "{\"leaves\": 3}");
    assertThrows(IllegalArgumentException.class, () -> Breakdown.read(json));
  }

  private static Chart chart(Chart.Series... series) {
    return new Chart("Title", "bytes", "MB/s", true, true, 0, List.of(series));
  }

  private static Chart.Series line(String label, String benchmark, boolean reference) {
    return new Chart.Series(
        label, Query.of(benchmark), "blobBytes", m -> 1e9 / m.nanos(), reference);
  }

  private static void assertDrawn(Path file, String... styles) throws IOException {
    BufferedImage image = ImageIO.read(Path.of(file + ".png").toFile());
    assertTrue(image.getWidth() >= 1100, "got width " + image.getWidth());
    assertTrue(image.getHeight() >= 560, "got height " + image.getHeight());
    // Letters are outlines there: what can be found is the colour of each line and bar.
    String svg = Files.readString(Path.of(file + ".svg"));
    for (String style : styles) {
      assertTrue(svg.contains(style), style);
    }
  }
}
