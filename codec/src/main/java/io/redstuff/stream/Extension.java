package io.redstuff.stream;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The symbols of the source rows in the columns from k2 on: they come row by row, and go column by
 * column.
 */
interface Extension {
  /**
   * Takes the symbols of a row.
   *
   * @param row which row
   * @param symbols the symbols in the columns k2..n-1, one after another
   */
  void put(int row, MemorySegment symbols) throws IOException;

  /**
   * Gives neighboring columns.
   *
   * @param column the first
   * @param count how many
   * @param symbols gets k1 rows of {@code count} symbols each
   */
  void get(int column, int count, MemorySegment symbols) throws IOException;
}
