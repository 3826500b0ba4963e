package io.redstuff.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws plots as PNG and SVG. */
final class Plot {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 560;
  private static final int DPI = 144;
  private static final float LINE = 2.5f;
  private static final float GRID_LINE = 0.5f;
  private static final float[] DASHES = {8, 6};

  /** Told apart by people who see colours differently: Okabe and Ito. */
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xE69F00),
    new Color(0x009E73),
    new Color(0xD55E00),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0x000000),
    new Color(0xF0E442),
  };

  private static final Pattern DECIMALS = Pattern.compile("(\\d\\.\\d)\\d+");
  private static final Pattern CLIP = Pattern.compile("clip\\d+");

  private Plot() {}

  /**
   * Draws lines.
   *
   * @param chart what to show
   * @param results where its points come from
   * @param file path of the two files, without {@code .png} and {@code .svg}
   * @return false if there is no point to draw; then nothing is written
   */
  static boolean lines(Chart chart, Results results, Path file) {
    XYChart plot =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(chart.title())
            .xAxisTitle(chart.xTitle())
            .yAxisTitle(chart.yTitle())
            .build();
    style(plot.getStyler());
    plot.getStyler().setXAxisLogarithmic(chart.logX());
    plot.getStyler().setYAxisLogarithmic(chart.logY());
    // A logarithmic axis has a line for each step between the powers of ten.
    plot.getStyler().setPlotGridVerticalLinesVisible(!chart.logX());
    if (!chart.logY()) {
      plot.getStyler().setYAxisMin(0.0);
    }
    for (int i = 0; i < chart.series().size(); i++) {
      Chart.Series series = chart.series().get(i);
      TreeMap<Double, Double> points = new TreeMap<>();
      results
          .all(series.query())
          .forEach(
              m ->
                  m.number(series.x())
                      .filter(x -> x >= chart.from())
                      .ifPresent(x -> put(points, series, x, m)));
      if (!points.isEmpty()) {
        XYSeries line =
            plot.addSeries(
                series.label(), List.copyOf(points.keySet()), List.copyOf(points.values()));
        line.setLineColor(COLORS[i % COLORS.length]);
        line.setMarkerColor(COLORS[i % COLORS.length]);
        line.setMarker(SeriesMarkers.CIRCLE);
        line.setLineStyle(
            series.reference()
                ? new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0)
                : new BasicStroke(LINE));
      }
    }
    if (plot.getSeriesMap().isEmpty()) {
      return false;
    }
    write(plot, file);
    return true;
  }

  /**
   * Draws a stacked bar for each thing, a colour for each part.
   *
   * @param title what stands above
   * @param yTitle what the vertical axis is
   * @param bars by the name of the thing, by the name of the part, how much; a part that a thing
   *     lacks counts as 0
   * @param file path of the two files, without {@code .png} and {@code .svg}
   */
  static void stacks(
      String title, String yTitle, Map<String, Map<String, Double>> bars, Path file) {
    CategoryChart plot =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(yTitle)
            .build();
    style(plot.getStyler());
    plot.getStyler().setStacked(true);
    plot.getStyler().setSeriesColors(COLORS);
    List<String> things = List.copyOf(bars.keySet());
    bars.values().stream()
        .flatMap(parts -> parts.keySet().stream())
        .distinct()
        .forEach(
            part ->
                plot.addSeries(
                    part,
                    things,
                    things.stream()
                        .map(thing -> bars.get(thing).getOrDefault(part, 0.0))
                        .toList()));
    write(plot, file);
  }

  private static void put(
      Map<Double, Double> points, Chart.Series series, long x, Measurement measurement) {
    if (points.put((double) x, series.y().applyAsDouble(measurement)) != null) {
      throw new IllegalArgumentException(
          series.label() + ": two points at " + series.x() + " = " + x + ", " + series.query());
    }
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    // Dashed, each dash would be an outline of its own in the SVG.
    styler.setPlotGridLinesStroke(new BasicStroke(GRID_LINE));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
  }

  private static void write(org.knowm.xchart.internal.chartpart.Chart<?, ?> plot, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      BitmapEncoder.saveBitmapWithDPI(plot, file.toString(), BitmapEncoder.BitmapFormat.PNG, DPI);
      VectorGraphicsEncoder.saveVectorGraphic(
          plot, file.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
      Path svg = Path.of(file + ".svg");
      Files.writeString(svg, tidy(Files.readString(svg)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes an SVG smaller, and the same whenever the same is drawn: letters are outlines with more
   * decimals than can be seen, and areas are named by a hash that chance decides.
   */
  private static String tidy(String svg) {
    Map<String, String> names = new HashMap<>();
    return CLIP.matcher(DECIMALS.matcher(svg).replaceAll("$1"))
        .replaceAll(
            clip -> names.computeIfAbsent(clip.group(), any -> "clip" + (names.size() + 1)));
  }
}
