package io.redstuff.bench.report;

import io.redstuff.EncodingParameters;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditPlan;
import io.redstuff.audit.MissingFraction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The plot of docs/audits.md: with which probability a node passes that has kept a part of its
 * slivers. It is computed, not measured, and its letters are text, so it is the same on every
 * machine.
 */
final class AuditPlot {
  /** Where it is, seen from the project's directory. */
  static final String FILE = "docs/images/audits-chance.svg";

  private static final EncodingParameters PARAMETERS = EncodingParameters.forShards(1000);
  private static final AuditAxes AXES = AuditAxes.SECONDARY;

  /** The probability that audits are planned for is 2 to this. */
  private static final int PLANNED = -40;

  /** The least probability that is drawn is 2 to this. */
  private static final int LEAST = -60;

  private static final int LEFT = 90;
  private static final int TOP = 50;
  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;

  /** Parts that are missing in percent, each with the color of its line by light and by dark. */
  private enum Curve {
    HALF(50, "#0072b2", "#56b4e9"),
    QUARTER(25, "#009e73", "#2fd3a5"),
    TENTH(10, "#d55e00", "#f0883e"),
    TWENTIETH(5, "#a8518a", "#e39ac8"),
    HUNDREDTH(1, "#1f2328", "#e6edf3");

    final int percent;
    final String light;
    final String dark;

    Curve(int percent, String light, String dark) {
      this.percent = percent;
      this.light = light;
      this.dark = dark;
    }
  }

  private final StringBuilder svg = new StringBuilder();

  private AuditPlot() {}

  /** Draws the plot below the project's directory. */
  static void write(Path home) throws IOException {
    Path file = home.resolve(FILE);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, draw());
  }

  /** Returns the plot. */
  static String draw() {
    AuditPlot plot = new AuditPlot();
    plot.frame();
    for (Curve curve : Curve.values()) {
      plot.curve(curve);
    }
    plot.add("</svg>");
    return plot.svg.toString();
  }

  private void add(String line) {
    svg.append(line).append('\n');
  }

  /** Returns a length as it is written, whatever the country. */
  private static String at(double length) {
    return String.format(Locale.ROOT, "%.1f", length);
  }

  private static double x(double keptPercent) {
    return LEFT + (keptPercent - 50) / 50 * WIDTH;
  }

  private static double y(double exponent) {
    return TOP + exponent / LEAST * HEIGHT;
  }

  private static String style(Curve curve, String color) {
    return "    .c%s { stroke: %s } .d%s { fill: %s }"
        .formatted(curve.percent, color, curve.percent, color);
  }

  private void text(String style, double x, double y, String text) {
    add("  <text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>".formatted(style, at(x), at(y), text));
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    add(
        "  <line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(style, at(x1), at(y1), at(x2), at(y2)));
  }

  private void frame() {
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 550" role="img"
          aria-labelledby="title desc">
          <title id="title">The probability to pass an audit with a part of the slivers</title>
          <desc id="desc">Five lines, for 69, 152, 402, 818 and 4143 challenges, fall from 1
          where all is kept to 2^-40 where 50, 75, 90, 95 and 99 percent are kept.</desc>
          <!-- Drawn by bench/report. -->
          <style>
            text { font: 15px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
              fill: #1f2328 }
            .middle { text-anchor: middle }
            .end { text-anchor: end }
            .page { fill: #ffffff }
            .grid { stroke: #d1d9e0; stroke-width: 1 }
            .planned { stroke: #cf3a63; stroke-width: 1.5; stroke-dasharray: 6 5 }
            .curve { fill: none; stroke-width: 2.5 }
        """);
    for (Curve curve : Curve.values()) {
      add(style(curve, curve.light));
    }
    svg.append(
        """
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3 }
              .page { fill: #0d1117 }
              .grid { stroke: #30363d }
        """);
    for (Curve curve : Curve.values()) {
      add("  " + style(curve, curve.dark));
    }
    svg.append(
        """
            }
          </style>
          <rect class="page" width="1000" height="550"/>
        """);
    text("start", LEFT, 28, "Probability to pass, by number of challenges");
    for (int exponent = 0; exponent >= LEAST; exponent -= 10) {
      String style = exponent == PLANNED ? "planned" : "grid";
      line(style, LEFT, y(exponent), (double) LEFT + WIDTH, y(exponent));
      text("end", LEFT - 10, y(exponent) + 5, exponent == 0 ? "1" : "2^" + exponent);
    }
    for (int kept = 50; kept <= 100; kept += 10) {
      line("grid", x(kept), TOP, x(kept), (double) TOP + HEIGHT);
      text("middle", x(kept), TOP + HEIGHT + 25, kept + " %");
    }
    text(
        "middle",
        LEFT + WIDTH / 2.0,
        TOP + HEIGHT + 55,
        "slivers that the node can still give (symbols of secondary slivers, 1000 shards)");
  }

  private void curve(Curve curve) {
    AuditPlan plan = AuditPlan.forSymbols(PARAMETERS, AXES, curve.percent / 100.0, -PLANNED);
    StringBuilder points = new StringBuilder();
    // From the right, where all is kept, in steps of a thirtieth of the way to the planned point.
    double step = curve.percent / 30.0;
    for (int i = 0; i * step <= 50; i++) {
      double chance =
          MissingFraction.chanceToPass(
              AuditMode.PARALLEL, plan.challenges(), 0, plan.chanceWithoutSliver(), i * step / 100);
      double exponent = Math.log(chance) / Math.log(2);
      if (exponent < LEAST) {
        break;
      }
      points.append(' ').append(at(x(100 - i * step))).append(',').append(at(y(exponent)));
    }
    add(
        "  <polyline class=\"curve c%s\" points=\"%s\"/>"
            .formatted(curve.percent, points.substring(1)));
    double x = x(100 - curve.percent);
    double y = y(PLANNED);
    add(
        "  <circle class=\"d%s\" cx=\"%s\" cy=\"%s\" r=\"5\"/>"
            .formatted(curve.percent, at(x), at(y)));
    // Beside the left end there is no room.
    boolean first = curve == Curve.HALF;
    text(
        first ? "start" : "end",
        first ? x + 2 : x - 6,
        first ? y + 24 : y - 8,
        Long.toString(plan.challenges()));
  }
}
