package io.redstuff.cli.network;

import java.util.List;
import java.util.Locale;

/**
 * What {@code redstuff network load} tells; its components are the JSON it prints.
 *
 * @param size the length of each blob, in bytes
 * @param blobs how many blobs were stored and read
 * @param clients how many of them at a time
 * @param works what was done with them
 */
record LoadReport(long size, int blobs, int clients, List<Work> works) {

  /**
   * How long a kind of work took.
   *
   * @param name what was done
   * @param perSecond blobs a second, of all clients together
   * @param mebibytesPerSecond the same in MiB of blobs
   * @param median how long half of the blobs took at most, in milliseconds
   * @param ninety the same for 90 % of them
   * @param ninetyNine the same for 99 % of them
   * @param longest how long the slowest took, in milliseconds
   */
  record Work(
      String name,
      double perSecond,
      double mebibytesPerSecond,
      double median,
      double ninety,
      double ninetyNine,
      double longest) {

    /**
     * Returns the figures of a kind of work.
     *
     * @param nanos how long each blob took, shortest first; at least one
     * @param all how long it took with all of them, in nanoseconds
     */
    static Work of(String name, long size, long[] nanos, long all) {
      double perSecond = nanos.length * 1e9 / all;
      return new Work(
          name,
          perSecond,
          perSecond * size / (1 << 20),
          percentile(nanos, 50),
          percentile(nanos, 90),
          percentile(nanos, 99),
          percentile(nanos, 100));
    }

    /** Returns the nearest rank, in milliseconds. */
    private static double percentile(long[] sorted, int percent) {
      int rank = Math.ceilDiv(sorted.length * percent, 100);
      return sorted[rank - 1] / 1e6;
    }
  }

  /** Returns the report for people, in lines. */
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s blobs of %s bytes, %s at a time; milliseconds%n".formatted(blobs, size, clients));
    text.append(
        "%-6s %10s %10s %10s %10s %10s %10s%n"
            .formatted("", "a second", "MiB/s", "50 %", "90 %", "99 %", "all"));
    for (Work work : works) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-6s %10.1f %10.2f %10.1f %10.1f %10.1f %10.1f%n",
              work.name(),
              work.perSecond(),
              work.mebibytesPerSecond(),
              work.median(),
              work.ninety(),
              work.ninetyNine(),
              work.longest()));
    }
    return text.toString();
  }
}
