package io.redstuff.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tools.jackson.databind.JsonNode;

/**
 * The plot of a topic, an SVG on a white ground; what topics call returns Markdown that shows it.
 */
public record Plot(Results results, Path file) {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 560;
  private static final BasicStroke SOLID = new BasicStroke(2.5f);
  private static final BasicStroke DASHED =
      new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 6}, 0);

  /** Told apart by people who see colours differently: Okabe and Ito. */
  private static final Color[] COLORS =
      Stream.of(0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0x000000, 0xF0E442)
          .map(Color::new)
          .toArray(Color[]::new);

  private static final Pattern DECIMALS = Pattern.compile("(\\d\\.\\d)\\d+");
  private static final Pattern CLIP = Pattern.compile("clip\\d+");

  /**
   * Draws rates as lines; nothing if nothing was measured.
   *
   * @param axes {@code title}, {@code xTitle}, {@code yTitle}; {@code x}, the parameter that is
   *     drawn to the right; {@code from}, the least of it; {@code log}, which axes are logarithmic
   * @param series queries by label; those of official figures, measured elsewhere, are dashed
   */
  public String lines(Map<String, Object> axes, Map<String, String> series) throws IOException {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setXAxisTitle(axes.get("xTitle").toString());
    boolean logX = axes.get("log").toString().contains("x");
    boolean logY = axes.get("log").toString().contains("y");
    chart.getStyler().setXAxisLogarithmic(logX).setYAxisLogarithmic(logY);
    // A logarithmic axis has a line for each step between the powers of ten.
    chart.getStyler().setPlotGridVerticalLinesVisible(!logX);
    chart.getStyler().setYAxisMin(logY ? null : 0.0);
    chart.getStyler().setSeriesMarkers(new Marker[] {SeriesMarkers.CIRCLE});
    series.forEach(
        (label, query) -> {
          Map<Double, Double> points = points(axes, query);
          if (!points.isEmpty()) {
            chart
                .addSeries(label, List.copyOf(points.keySet()), List.copyOf(points.values()))
                .setLineStyle(query.startsWith("official.") ? DASHED : SOLID);
          }
        });
    return chart.getSeriesMap().isEmpty()
        ? ""
        : write(chart, chart.getStyler(), axes.get("title"), axes.get("yTitle"));
  }

  /** Draws a bar for each name, of parts with a height each; one that is not there is 0. */
  public String bars(String title, String yTitle, Map<String, Map<String, Number>> bars)
      throws IOException {
    CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
    chart.getStyler().setStacked(true);
    List<String> names = List.copyOf(bars.keySet());
    bars.values().stream()
        .flatMap(parts -> parts.keySet().stream())
        .distinct()
        .forEach(
            part -> {
              var heights = names.stream().map(name -> bars.get(name).getOrDefault(part, 0));
              chart.addSeries(part, names, heights.toList());
            });
    return write(chart, chart.getStyler(), title, yTitle);
  }

  private Map<Double, Double> points(Map<String, Object> axes, String query) {
    Map<Double, Double> points = new TreeMap<>();
    for (JsonNode measurement : results.all(query)) {
      JsonNode params = measurement.path("params");
      double x = params.path(axes.get("x").toString()).asDouble();
      // MB/s of the blob, or GB/s of the 128-byte blocks that are hashed
      double work =
          params.has("blobBytes")
              ? 1000 * params.path("blobBytes").asDouble()
              : 128 * Math.ceil((1 + params.path("messageBytes").asDouble()) / 128);
      if (x >= ((Number) axes.get("from")).doubleValue()
          && points.put(x, work / Results.nanos(measurement)) != null) {
        throw new IllegalArgumentException(query + ": two points at " + x);
      }
    }
    return points;
  }

  /**
   * Writes an SVG, smaller than it came and the same whenever the same is drawn: letters are
   * outlines with more decimals than can be seen, and areas are named by a hash that chance
   * decides.
   */
  private String write(Chart<?, ?> chart, AxesChartStyler styler, Object title, Object yTitle)
      throws IOException {
    chart.setTitle(title.toString());
    chart.setYAxisTitle(yTitle.toString());
    styler.setSeriesColors(COLORS).setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE).setLegendBorderColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    // Dashed, each dash would be an outline of its own in the SVG.
    styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
    var bytes = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(
        chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    String svg = DECIMALS.matcher(bytes.toString(StandardCharsets.UTF_8)).replaceAll("$1");
    Map<String, String> clips = new HashMap<>();
    svg =
        CLIP.matcher(svg)
            .replaceAll(
                clip -> clips.computeIfAbsent(clip.group(), any -> "clip" + (clips.size() + 1)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, svg);
    return "![" + title + "](images/" + file.getFileName() + ")";
  }
}
