package io.redstuff.bench.report;

/** A table that is made from results. */
interface Section {
  /**
   * Makes the table.
   *
   * @param results what was measured, and the reference
   * @return the table; rows for which nothing was measured say so
   */
  Table table(Results results);
}
