package io.redstuff.stream;

import io.redstuff.EncodingParameters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Some columns of an extension in memory, row by row; the others are passed over. */
final class KeptExtension implements Extension {
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final int mostColumns;
  private final MemorySegment memory;
  private int first;
  private int columns;

  KeptExtension(EncodingParameters parameters, int symbolSize, int mostColumns, Arena arena) {
    this.parameters = parameters;
    this.symbolSize = symbolSize;
    this.mostColumns = mostColumns;
    this.memory =
        arena.allocate((long) parameters.primarySourceSymbols() * mostColumns * symbolSize, 64);
  }

  /** Keeps other columns: as many as there is room for, from {@code column} on. */
  void begin(int column) {
    first = column;
    columns = Math.min(mostColumns, parameters.shards() - column);
  }

  /** The column after the last one that is kept. */
  int limit() {
    return first + columns;
  }

  @Override
  public void put(int row, MemorySegment symbols) {
    long rowBytes = (long) columns * symbolSize;
    long from = (long) (first - parameters.secondarySourceSymbols()) * symbolSize;
    MemorySegment.copy(symbols, from, memory, row * rowBytes, rowBytes);
  }

  @Override
  public void get(int column, int count, MemorySegment symbols) {
    long rowBytes = (long) count * symbolSize;
    long at = (long) (column - first) * symbolSize;
    for (int row = 0; row < parameters.primarySourceSymbols(); row++) {
      MemorySegment.copy(
          memory, at + (long) row * columns * symbolSize, symbols, row * rowBytes, rowBytes);
    }
  }
}
