package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  private static final Map<String, Object> AXES =
      Map.of(
          "title",
          "Title",
          "xTitle",
          "bytes",
          "yTitle",
          "MB/s",
          "log",
          "xy",
          "x",
          "blobBytes",
          "from",
          0);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("images/plot.svg");
  }

  private Plot plot() throws URISyntaxException {
    return new Plot(new Results(ResultsTest.fixture()), file());
  }

  @Test
  void theSameLinesAreDrawnAlike() throws IOException, URISyntaxException {
    Map<String, String> lines = Map.of("ours", "WorkBenchmark.work", "theirs", "official.work");
    assertEquals("![Title](images/plot.svg)", plot().lines(AXES, lines));
    String once = Files.readString(file());
    // Letters are outlines there: what can be found is the look of each line and bar.
    assertTrue(once.contains("stroke:rgb(0,114,178)"), once);
    assertTrue(once.contains("stroke:rgb(230,159,0)"), once);
    assertTrue(once.contains("stroke-dasharray:8"), once);
    plot().lines(AXES, lines);
    assertEquals(once, Files.readString(file()));
  }

  @Test
  void withoutPointsNothingIsWritten() throws IOException, URISyntaxException {
    assertEquals("", plot().lines(AXES, Map.of("ours", "Nothing.work")));
    assertFalse(Files.exists(file()));
  }

  @Test
  void twoPointsAtOnePlaceAreRefused() throws URISyntaxException {
    Plot twice = new Plot(new Results(ResultsTest.fixture(), ResultsTest.fixture()), file());
    Map<String, String> lines = Map.of("ours", "WorkBenchmark.work");
    assertThrows(IllegalArgumentException.class, () -> twice.lines(AXES, lines));
  }

  @Test
  void barsHaveAColourForEachPart() throws IOException, URISyntaxException {
    Map<String, Map<String, Number>> bars =
        Map.of("64 MiB", Map.of("leaves", 75.5, "rows", 25), "1 B", Map.of("leaves", 40));
    assertEquals("![Title](images/plot.svg)", plot().bars("Title", "ms", bars));
    String svg = Files.readString(file());
    assertTrue(svg.contains("fill:rgb(0,114,178)"), svg);
    assertTrue(svg.contains("fill:rgb(230,159,0)"), svg);
  }
}
