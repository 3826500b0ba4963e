package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.codec.RedStuff;
import io.redstuff.internal.matrix.SlicedEncoder;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * All n symbols of some rows, or of some columns, of the matrix that a blob fills: those of the
 * blob are read, the others computed.
 *
 * <p>Rows stand one after another, n symbols each. Columns stand side by side: for each of n rows
 * one symbol of each.
 */
final class MatrixPart {
  private final int n;
  private final int k1;
  private final int k2;
  private final BlobSource source;
  private final int symbolSize;
  private final SlicedEncoder rowEncoder;
  private final SlicedEncoder columnEncoder;
  private final MemorySegment symbols;

  /** Allocates n symbols for each of so many rows, or columns, and what the encoders take. */
  MatrixPart(RedStuff codec, int together, BlobSource source, Arena arena) {
    EncodingParameters parameters = codec.parameters();
    this.n = parameters.shards();
    this.k1 = parameters.primarySourceSymbols();
    this.k2 = parameters.secondarySourceSymbols();
    this.source = source;
    this.symbolSize = parameters.symbolSize(source.length());
    int workers = codec.parallelism();
    this.rowEncoder = new SlicedEncoder(parameters, Axis.PRIMARY, codec.engine(), arena, workers);
    this.columnEncoder =
        new SlicedEncoder(parameters, Axis.SECONDARY, codec.engine(), arena, workers);
    this.symbols = arena.allocate((long) n * symbolSize * together, 64);
  }

  /** Returns the memory of it all. */
  MemorySegment symbols() {
    return symbols;
  }

  /** Returns the bytes from a row to the next. */
  long rowBytes() {
    return (long) n * symbolSize;
  }

  /** Reads the source symbols of a row of the blob to a place among the rows, and gives them. */
  MemorySegment readRow(int row, int place) throws IOException {
    long bytes = (long) k2 * symbolSize;
    MemorySegment target = symbols.asSlice(place * rowBytes(), bytes);
    readPadded(row * bytes, target);
    return target;
  }

  /** Computes the other symbols of the rows that were read. */
  void extendRows(int rows) {
    rowEncoder.extend(rowSymbols(), symbolSize, rows);
  }

  /** Computes those that are wanted, and perhaps more. */
  void extendRows(int rows, int[] wanted) {
    rowEncoder.extend(rowSymbols(), symbolSize, rows, wanted);
  }

  /** Returns the symbols of a row in the columns from k2 on. */
  MemorySegment extension(int place) {
    long source = (long) k2 * symbolSize;
    return symbols.asSlice(place * rowBytes() + source, rowBytes() - source);
  }

  /** Reads the source symbols of neighboring columns of the blob. */
  void readColumns(int first, int count) throws IOException {
    for (int row = 0; row < k1; row++) {
      readPadded(((long) row * k2 + first) * symbolSize, acrossColumns(row, count));
    }
  }

  /** Computes the other symbols of columns whose source symbols are there. */
  void extendColumns(int count) {
    columnEncoder.extend(columnSymbols(count), symbolSize, count);
  }

  /** Computes those that are wanted, and perhaps more. */
  void extendColumns(int count, int[] wanted) {
    columnEncoder.extend(columnSymbols(count), symbolSize, count, wanted);
  }

  /** Returns the symbols of a row in so many columns. */
  MemorySegment acrossColumns(int row, int count) {
    long bytes = (long) count * symbolSize;
    return symbols.asSlice(row * bytes, bytes);
  }

  /** Returns the memory from the first symbol of a column, or a symbol of the first row, on. */
  MemorySegment from(int symbol) {
    return symbols.asSlice((long) symbol * symbolSize);
  }

  private SymbolRows.Grid rowSymbols() {
    return new SymbolRows.Grid(symbols, 0, 0, symbolSize, rowBytes());
  }

  private SymbolRows.Grid columnSymbols(int count) {
    return new SymbolRows.Grid(symbols, 0, 0, (long) count * symbolSize, symbolSize);
  }

  /** Reads bytes of the blob, which is zero after its end. */
  private void readPadded(long offset, MemorySegment target) throws IOException {
    long there = Math.clamp(source.length() - offset, 0, target.byteSize());
    if (there > 0) {
      source.read(offset, target.asSlice(0, there));
    }
    target.asSlice(there).fill((byte) 0);
  }
}
