package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.simd.SymbolRows;
import io.redstuff.simd.hash.TwoByteLeaves;
import java.lang.foreign.MemorySegment;

/**
 * The memory of one encoding: what all workers of {@link MatrixEncoder} read and write. They write
 * different parts.
 *
 * @param blobLength bytes of the blob; the message is zero after it
 * @param source the message
 * @param extension gets the symbols of the source rows in the columns k2..n-1, column by column
 * @param extensionAt where they start in it
 * @param slivers the slivers that are made, the message standing in them; null to keep none
 * @param secondaries where in {@code slivers} the secondary ones start
 * @param twoByteLeaves the leaf hashes of all symbols there can be, or null
 */
record MatrixRun(
    long blobLength,
    MessageMatrix source,
    MemorySegment extension,
    long extensionAt,
    MemorySegment slivers,
    long secondaries,
    TwoByteLeaves twoByteLeaves) {
  int symbolSize() {
    return source.symbolSize();
  }

  private EncodingParameters parameters() {
    return source.parameters();
  }

  /** Returns bytes of a source row, which is a primary sliver. */
  long rowBytes() {
    return parameters().sliverLength(Axis.PRIMARY, symbolSize());
  }

  /**
   * Returns the first source row that is all padding, k1 if there is none. Its n symbols are zero.
   */
  int firstZeroRow() {
    return (int) Math.ceilDiv(blobLength, rowBytes());
  }

  /** Writes the symbols k2..n-1 of the rows that are all padding. */
  void clearZeroRows() {
    long from = (long) firstZeroRow() * symbolSize();
    int columns = parameters().shards() - parameters().secondarySourceSymbols();
    for (int column = 0; from < columnBytes() && column < columns; column++) {
      long at = extensionAt + column * columnBytes() + from;
      extension.asSlice(at, columnBytes() - from).fill((byte) 0);
    }
  }

  /** Returns bytes of the source symbols of a column, which are a secondary sliver. */
  private long columnBytes() {
    return parameters().sliverLength(Axis.SECONDARY, symbolSize());
  }

  /** Returns where the symbols k2..n-1 of source rows go: a lane is a row. */
  SymbolRows extensionRows(int firstRow) {
    return new SymbolRows.Grid(
        extension,
        extensionAt + (long) firstRow * symbolSize(),
        parameters().secondarySourceSymbols(),
        columnBytes(),
        symbolSize());
  }

  /** Returns the source symbols of the columns from k2 on: a lane is a column. */
  SymbolRows extensionColumns(int firstColumn) {
    int before = firstColumn - parameters().secondarySourceSymbols();
    return new SymbolRows.Grid(
        extension, extensionAt + before * columnBytes(), 0, symbolSize(), columnBytes());
  }

  /**
   * Returns all n symbols of columns below k2, where the primary slivers have them: a lane is a
   * column.
   */
  SymbolRows primarySlivers(int firstColumn) {
    return new SymbolRows.Grid(
        slivers, (long) firstColumn * symbolSize(), 0, rowBytes(), symbolSize());
  }

  /** Copies columns of the message to the secondary slivers they are. */
  void copyToSecondaries(int firstColumn, int count) {
    long column = (long) firstColumn * symbolSize();
    long to = secondaries + firstColumn * columnBytes();
    for (int row = 0; row < parameters().primarySourceSymbols(); row++) {
      Symbols.copy(
          slivers,
          row * rowBytes() + column,
          symbolSize(),
          slivers,
          to + (long) row * symbolSize(),
          columnBytes(),
          symbolSize(),
          count);
    }
  }
}
