package io.redstuff.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much faster something is than a base that was measured beside it: two threads than one.
 *
 * @param base what the base is called
 * @param other what the other is called
 * @param rows the works, in order
 */
record Speedups(String base, String other, List<Row> rows) implements Section {
  Speedups {
    rows = List.copyOf(rows);
  }

  /**
   * One work.
   *
   * @param work what it is called
   * @param base the base
   * @param other what should be faster
   * @param atLeast how many times as fast it has to be; 0 if no goal was set
   */
  record Row(String work, Query base, Query other, double atLeast) {}

  @Override
  public Table table(Results results) {
    Table table = new Table(1, List.of("work", base, other, "ratio", "at least", "met"));
    for (Row row : rows) {
      Optional<Measurement> slow = results.one(row.base());
      Optional<Measurement> fast = results.one(row.other());
      OptionalDouble ratio = Cells.ratio(slow, fast);
      table.add(
          List.of(
              row.work(),
              Cells.ours(slow),
              Cells.ours(fast),
              Cells.ratio(ratio),
              Cells.goal(row.atLeast(), "x"),
              Cells.met(row.atLeast(), ratio)));
    }
    return table;
  }
}
