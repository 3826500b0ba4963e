package io.redstuff.stream;

import io.redstuff.EncodingParameters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The symbols of the source rows in columns from k2 on: they come row by row, and go column by
 * column. Some columns at a time are kept, in memory or in a file; the others are passed over.
 *
 * <p>What is asked for together lies together: group of columns by group, in each row by row.
 */
final class Extension {
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final ColumnGroups groups;
  private final int most;
  private final BlobTarget store;
  private int first;
  private int limit;

  /** One that keeps at most so many columns in a store. */
  Extension(
      EncodingParameters parameters,
      int symbolSize,
      ColumnGroups groups,
      int most,
      BlobTarget store) {
    this.parameters = parameters;
    this.symbolSize = symbolSize;
    this.groups = groups;
    this.most = most;
    this.store = store;
  }

  /** Keeps other columns: as many as there is room for, from {@code column} on. */
  void begin(int column) {
    first = column;
    limit = Math.min(parameters.shards(), column + most);
  }

  /** Returns the column after the last one that is kept. */
  int limit() {
    return limit;
  }

  /** Returns the column after the group that begins with a column. */
  int end(int column) {
    return Math.min(groups.end(column), limit);
  }

  /** Takes the symbols of a row in the columns k2..n-1, one after another. */
  void put(int row, MemorySegment symbols) throws IOException {
    for (int column = first; column < limit; column = end(column)) {
      long from = (long) (column - parameters.secondarySourceSymbols()) * symbolSize;
      long bytes = (long) (end(column) - column) * symbolSize;
      store.write(start(column) + row * bytes, symbols.asSlice(from, bytes));
    }
  }

  /** Gives the group that begins with a column: k1 rows of as many symbols as it has columns. */
  void get(int column, MemorySegment symbols) throws IOException {
    store.read(start(column), symbols.asSlice(0, start(end(column)) - start(column)));
  }

  private long start(int column) {
    return (long) (column - first) * parameters.primarySourceSymbols() * symbolSize;
  }
}
