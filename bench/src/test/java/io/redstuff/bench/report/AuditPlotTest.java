package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPlotTest {
  @TempDir Path directory;

  /** What docs/audits.md shows is what the bounds are now. */
  @Test
  void pictureIsDrawnFromTheBounds() throws IOException {
    assertEquals(AuditPlot.draw(), Files.readString(Path.of("..", AuditPlot.FILE)));
    AuditPlot.write(directory);
    assertEquals(AuditPlot.draw(), Files.readString(directory.resolve(AuditPlot.FILE)));
  }

  @Test
  void linesMeetThePlannedProbability() {
    String svg = AuditPlot.draw();
    for (int challenges : new int[] {69, 152, 402, 818, 4143}) {
      assertTrue(svg.contains(">" + challenges + "</text>"), svg);
    }
    // 2^-40 is two thirds of the way down, 90 percent four fifths of the way to the right.
    assertTrue(svg.contains("cx=\"778.0\" cy=\"330.0\""), svg);
  }
}
