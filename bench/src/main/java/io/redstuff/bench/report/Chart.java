package io.redstuff.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a plot shows.
 *
 * @param title what stands above it
 * @param xTitle what the horizontal axis is
 * @param yTitle what the vertical axis is
 * @param logX whether the horizontal axis is logarithmic
 * @param logY whether the vertical axis is logarithmic
 * @param from where the horizontal axis begins; points before it are left out
 * @param series the lines, ours first
 */
record Chart(
    String title,
    String xTitle,
    String yTitle,
    boolean logX,
    boolean logY,
    long from,
    List<Series> series) {
  Chart {
    series = List.copyOf(series);
  }

  /**
   * A line.
   *
   * @param label whose it is
   * @param query the measurements that are its points
   * @param x the parameter that is drawn to the right
   * @param y what is drawn upwards
   * @param reference whether it was measured elsewhere; then it is dashed
   */
  record Series(
      String label, Query query, String x, ToDoubleFunction<Measurement> y, boolean reference) {}
}
