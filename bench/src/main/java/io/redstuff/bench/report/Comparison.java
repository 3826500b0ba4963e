package io.redstuff.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Our times beside those of the official implementation, and how far the goals are reached.
 *
 * @param rows the works, in order
 */
record Comparison(List<Row> rows) implements Section {
  Comparison {
    rows = List.copyOf(rows);
  }

  /** With what a goal compares us. */
  enum Base {
    /** The official native build, measured elsewhere. */
    NATIVE("x"),
    /** The official WASM build, measured beside us. */
    WASM("x WASM");

    private final String unit;

    Base(String unit) {
      this.unit = unit;
    }
  }

  /**
   * One work.
   *
   * @param work what it is called
   * @param ours our measurement
   * @param reference the official native one, if there is one
   * @param wasm the official one in WASM, if there is one
   * @param atLeast how many times as fast we have to be; 0 if no goal was set
   * @param base as what
   */
  record Row(
      String work,
      Query ours,
      Optional<Query> reference,
      Optional<Query> wasm,
      double atLeast,
      Base base) {
    /**
     * A work that is compared with the native build.
     *
     * @param work what it is called
     * @param ours our measurement
     * @param reference the official one
     * @param atLeast how many times as fast we have to be; 0 if no goal was set
     * @return the row
     */
    static Row of(String work, Query ours, Query reference, double atLeast) {
      return new Row(work, ours, Optional.of(reference), Optional.empty(), atLeast, Base.NATIVE);
    }

    /** The same beside the WASM build. */
    Row withWasm(Query query) {
      return new Row(work, ours, reference, Optional.of(query), atLeast, base);
    }

    /** The same with a goal that compares with the WASM build. */
    Row asFastAsWasm(double times) {
      return new Row(work, ours, reference, wasm, times, Base.WASM);
    }
  }

  @Override
  public Table table(Results results) {
    boolean wasm = rows.stream().anyMatch(row -> row.wasm().isPresent());
    List<String> header = new ArrayList<>();
    header.addAll(List.of("work", "ours", "heap", "official native (reference)", "ratio"));
    if (wasm) {
      header.addAll(List.of("official WASM", "ratio"));
    }
    header.addAll(List.of("at least", "met"));
    Table table = new Table(1, header);
    for (Row row : rows) {
      Optional<Measurement> ours = results.one(row.ours());
      Optional<Measurement> official = row.reference().flatMap(results::one);
      Optional<Measurement> inWasm = row.wasm().flatMap(results::one);
      OptionalDouble overNative = Cells.ratio(official, ours);
      OptionalDouble overWasm = Cells.ratio(inWasm, ours);
      List<String> cells = new ArrayList<>();
      cells.add(row.work());
      cells.add(Cells.ours(ours));
      cells.add(heap(ours));
      cells.add(Cells.theirs(official));
      cells.add(Cells.ratio(overNative));
      if (wasm) {
        cells.add(Cells.theirs(inWasm));
        cells.add(Cells.ratio(overWasm));
      }
      cells.add(Cells.goal(row.atLeast(), row.base().unit));
      cells.add(Cells.met(row.atLeast(), row.base() == Base.NATIVE ? overNative : overWasm));
      table.add(cells);
    }
    return table;
  }

  private static String heap(Optional<Measurement> measurement) {
    OptionalDouble allocated =
        measurement.map(Measurement::allocated).orElse(OptionalDouble.empty());
    return allocated.isPresent() ? Figures.memory(allocated.getAsDouble()) : Figures.NONE;
  }
}
