package io.redstuff.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many bytes a second, of ours and of others that need not compute the same.
 *
 * @param bytes which bytes are counted
 * @param rows the works, in order
 */
record Rates(String bytes, List<Row> rows) implements Section {
  Rates {
    rows = List.copyOf(rows);
  }

  /**
   * One work of someone.
   *
   * @param work what it is called
   * @param who name and version
   * @param computes what that one computes
   * @param query the measurement
   * @param bytes how many bytes an operation works on
   * @param atLeast gigabytes a second to reach; 0 if no goal was set
   */
  record Row(String work, String who, String computes, Query query, double bytes, double atLeast) {}

  @Override
  public Table table(Results results) {
    Table table =
        new Table(
            3, List.of("who", "computes", "work", "time", "rate, " + bytes, "at least", "met"));
    for (Row row : rows) {
      Optional<Measurement> measured = results.one(row.query());
      table.add(
          List.of(
              row.who(),
              row.computes(),
              row.work(),
              Cells.ours(measured),
              measured.map(m -> Figures.rate(row.bytes(), m.nanos())).orElse(Figures.NONE),
              Cells.goal(row.atLeast(), " GB/s"),
              Cells.met(row.atLeast(), rate(row, measured))));
    }
    return table;
  }

  private static OptionalDouble rate(Row row, Optional<Measurement> measured) {
    return measured.isPresent()
        ? OptionalDouble.of(row.bytes() / measured.get().nanos())
        : OptionalDouble.empty();
  }
}
