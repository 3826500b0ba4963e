package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A blob as the k1 x k2 matrix of source symbols, row by row and padded with zeros, without copying
 * more than its end.
 *
 * <p>The rows that the blob fills stay where they are; the last ones, which need padding, are kept
 * in memory of this object. The same view serves for reading (encode) and for writing (decode):
 * after writing, {@link #finish} brings the blob's part of the padded rows home.
 *
 * <p>Not thread-safe while written to.
 */
public final class MessageMatrix {
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final long rowBytes;
  private final MemorySegment blob;
  private final int wholeRows;

  /** Rows from {@code wholeRows} on, padded. */
  private final MemorySegment tail;

  private MessageMatrix(
      EncodingParameters parameters, int symbolSize, MemorySegment blob, Arena arena) {
    this.parameters = parameters;
    this.symbolSize = symbolSize;
    this.rowBytes = (long) parameters.secondarySourceSymbols() * symbolSize;
    this.blob = blob;
    int rows = parameters.primarySourceSymbols();
    this.wholeRows = (int) Math.min(rows, blob.byteSize() / rowBytes);
    this.tail = arena.allocate(Math.max(1, (rows - wholeRows) * rowBytes), Byte.BYTES);
  }

  /** Returns a matrix to read a blob through; the arena gives the memory of the padded rows. */
  public static MessageMatrix reading(
      EncodingParameters parameters, MemorySegment blob, Arena arena) {
    MessageMatrix matrix = writing(parameters, blob, arena);
    long whole = matrix.wholeRows * matrix.rowBytes;
    MemorySegment.copy(blob, whole, matrix.tail, 0, blob.byteSize() - whole);
    return matrix;
  }

  /** Returns a matrix to write a blob through; its padded rows are zero. */
  public static MessageMatrix writing(
      EncodingParameters parameters, MemorySegment blob, Arena arena) {
    return new MessageMatrix(parameters, parameters.symbolSize(blob.byteSize()), blob, arena);
  }

  EncodingParameters parameters() {
    return parameters;
  }

  int symbolSize() {
    return symbolSize;
  }

  /**
   * Returns how many leading rows lie in the blob's own memory; the others lie in this object's.
   */
  int wholeRows() {
    return wholeRows;
  }

  /** Returns the memory of a row: native, unless it lies in a blob on the heap. */
  public MemorySegment segment(int row) {
    return row < wholeRows ? blob : tail;
  }

  /** Returns where a row starts in its memory. */
  public long offset(int row) {
    return (row < wholeRows ? row : row - wholeRows) * rowBytes;
  }

  /** Returns columns as codewords: symbol {@code i} is in row {@code i}, a lane is a column. */
  SymbolRows columns(int firstColumn) {
    return new Columns(this, firstColumn);
  }

  private record Columns(MessageMatrix matrix, int firstColumn) implements SymbolRows {
    @Override
    public MemorySegment segment(int index) {
      return matrix.segment(index);
    }

    @Override
    public long offset(int index) {
      return matrix.offset(index) + (long) firstColumn * matrix.symbolSize;
    }

    @Override
    public long laneStride() {
      return matrix.symbolSize;
    }
  }

  /**
   * Returns rows as codewords: symbol {@code j} is in column {@code j}, a lane is a row. All lanes
   * must lie in one memory: either all below {@link #wholeRows} or none.
   */
  SymbolRows.Grid rows(int firstRow) {
    return new SymbolRows.Grid(segment(firstRow), offset(firstRow), 0, symbolSize, rowBytes);
  }

  /** Fills all rows from slivers, by index, as many as {@code crossing} reads. */
  public void restore(CrossDecoder decoder, Crossing crossing, MemorySegment[] slivers) {
    if (crossing.axis() == Axis.PRIMARY) {
      Slivers received = new Slivers(slivers, 0, symbolSize);
      decoder.restore(
          crossing, received, columns(0), symbolSize, parameters.secondarySourceSymbols());
    } else {
      int[] starts = {0, wholeRows, parameters.primarySourceSymbols()};
      for (int part = 0; part < 2; part++) {
        int first = starts[part];
        int lanes = starts[part + 1] - first;
        if (lanes > 0) {
          Slivers received = new Slivers(slivers, (long) first * symbolSize, symbolSize);
          decoder.restore(crossing, received, rows(first), symbolSize, lanes);
        }
      }
    }
  }

  /** Slivers as symbols of the codewords across them: a lane is a position in the sliver. */
  private static final class Slivers implements SymbolRows {
    private final MemorySegment[] slivers;
    private final long firstByte;
    private final int symbolSize;

    Slivers(MemorySegment[] slivers, long firstByte, int symbolSize) {
      this.slivers = slivers;
      this.firstByte = firstByte;
      this.symbolSize = symbolSize;
    }

    @Override
    public MemorySegment segment(int index) {
      return slivers[index];
    }

    @Override
    public long offset(int index) {
      return firstByte;
    }

    @Override
    public long laneStride() {
      return symbolSize;
    }
  }

  /** After writing: copies the blob's part of the padded rows to the blob. */
  public void finish() {
    long whole = wholeRows * rowBytes;
    MemorySegment.copy(tail, 0, blob, whole, blob.byteSize() - whole);
  }
}
