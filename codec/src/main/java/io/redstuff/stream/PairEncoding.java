package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.RedStuff;
import io.redstuff.SliverId;
import io.redstuff.internal.SlicedEncoder;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Encodes a blob to the slivers of some pairs and hashes nothing. Wanted secondary slivers from
 * column k2 on come out of the rows of the blob; all other slivers come out of its columns, or are
 * parts of it.
 */
final class PairEncoding {
  private final EncodingParameters parameters;
  private final int n;
  private final int k1;
  private final int k2;
  private final int together;
  private final BlobSource source;
  private final int symbolSize;
  private final SelectedSlivers slivers;
  private final WorkMeter meter;
  private final SlicedEncoder rowEncoder;
  private final SlicedEncoder columnEncoder;

  /** All n symbols of some rows, or of some columns. */
  private final MemorySegment matrix;

  /** Symbols k2..n-1 of rows that are wanted, and symbols k1..n-1 of columns. */
  private final int[] wantedOfRow;

  private final int[] wantedOfColumn;

  PairEncoding(
      RedStuff codec,
      int together,
      BlobSource source,
      SelectedSlivers slivers,
      WorkMonitor monitor,
      Arena arena) {
    this.parameters = codec.parameters();
    this.n = parameters.shards();
    this.k1 = parameters.primarySourceSymbols();
    this.k2 = parameters.secondarySourceSymbols();
    this.together = together;
    this.source = source;
    this.symbolSize = parameters.symbolSize(source.length());
    this.slivers = slivers;
    int workers = codec.parallelism();
    this.rowEncoder = new SlicedEncoder(parameters, Axis.PRIMARY, codec.engine(), arena, workers);
    this.columnEncoder =
        new SlicedEncoder(parameters, Axis.SECONDARY, codec.engine(), arena, workers);
    this.matrix = arena.allocate((long) n * symbolSize * together, 64);
    this.wantedOfRow = slivers.wanted(Axis.SECONDARY, k2);
    this.wantedOfColumn = slivers.wanted(Axis.PRIMARY, k1);
    this.meter = new WorkMeter(monitor, source.length(), k1 + (long) k2);
  }

  void run() throws IOException {
    for (int row = 0; row < k1; row += together) {
      int rows = Math.min(together, k1 - row);
      rows(row, rows);
      meter.step(rows);
    }
    for (int column = 0; column < k2; ) {
      int count = Math.min(together, k2 - column);
      if (wantedOfColumn.length == 0) {
        count = slivers.wants(SliverId.secondary(column)) ? wantedFrom(column, count) : 0;
      }
      if (count > 0) {
        columns(column, count);
      }
      int step = Math.max(1, count);
      meter.step(step);
      column += step;
    }
  }

  private void rows(int first, int count) throws IOException {
    long whole = (long) n * symbolSize;
    long rowBytes = (long) k2 * symbolSize;
    for (int i = 0; i < count; i++) {
      boolean wanted = slivers.wants(SliverId.primary(first + i));
      if (wanted || wantedOfRow.length > 0) {
        MemorySegment row = matrix.asSlice(i * whole, rowBytes);
        PaddedBlob.read(source, (first + i) * rowBytes, row);
        slivers.write(SliverId.primary(first + i), 0, row);
      }
    }
    SymbolRows.Grid symbols = new SymbolRows.Grid(matrix, 0, 0, symbolSize, whole);
    rowEncoder.extend(symbols, symbolSize, count, wantedOfRow);
    for (int column : wantedOfRow) {
      MemorySegment from = matrix.asSlice((long) column * symbolSize);
      slivers.gather(SliverId.secondary(column), first, count, from, whole);
    }
  }

  /** How many neighboring columns are wanted, up to a limit. */
  private int wantedFrom(int column, int limit) {
    int count = 1;
    while (count < limit && slivers.wants(SliverId.secondary(column + count))) {
      count++;
    }
    return count;
  }

  private void columns(int first, int count) throws IOException {
    long rowBytes = (long) count * symbolSize;
    for (int row = 0; row < k1; row++) {
      long at = ((long) row * k2 + first) * symbolSize;
      PaddedBlob.read(source, at, matrix.asSlice(row * rowBytes, rowBytes));
    }
    SymbolRows.Grid symbols = new SymbolRows.Grid(matrix, 0, 0, rowBytes, symbolSize);
    columnEncoder.extend(symbols, symbolSize, count, wantedOfColumn);
    for (int row : wantedOfColumn) {
      MemorySegment part = matrix.asSlice(row * rowBytes, rowBytes);
      slivers.write(SliverId.primary(row), (long) first * symbolSize, part);
    }
    for (int lane = 0; lane < count; lane++) {
      MemorySegment from = matrix.asSlice((long) lane * symbolSize);
      slivers.gather(SliverId.secondary(first + lane), 0, k1, from, rowBytes);
    }
  }
}
