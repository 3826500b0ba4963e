package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * Encodes a blob to the slivers of some pairs and hashes nothing. Wanted secondary slivers from
 * column k2 on come out of the rows of the blob; all other slivers come out of its columns, or are
 * parts of it.
 */
final class EncodePairsRun {
  private final int k1;
  private final int k2;
  private final int together;
  private final int symbolSize;
  private final SelectedSlivers slivers;
  private final ProgressStages progress;
  private final MatrixPart matrix;

  /** Symbols k2..n-1 of rows that are wanted, and symbols k1..n-1 of columns. */
  private final int[] wantedOfRow;

  private final int[] wantedOfColumn;

  EncodePairsRun(
      RedStuff codec,
      int together,
      BlobSource source,
      SelectedSlivers slivers,
      WorkMonitor monitor,
      Arena arena) {
    EncodingParameters parameters = codec.parameters();
    this.k1 = parameters.primarySourceSymbols();
    this.k2 = parameters.secondarySourceSymbols();
    this.together = together;
    this.symbolSize = parameters.symbolSize(source.length());
    this.slivers = slivers;
    this.matrix = new MatrixPart(codec, together, source, arena);
    this.wantedOfRow = slivers.wanted(Axis.SECONDARY, k2);
    this.wantedOfColumn = slivers.wanted(Axis.PRIMARY, k1);
    this.progress = new ProgressStages(monitor, source.length());
    progress.stage(1, k1 + (long) k2);
  }

  void run() throws IOException {
    for (int row = 0; row < k1; row += together) {
      int rows = Math.min(together, k1 - row);
      rows(row, rows);
      progress.step(rows);
    }
    for (int column = 0; column < k2; ) {
      int count = Math.min(together, k2 - column);
      if (wantedOfColumn.length == 0) {
        count = wantedFrom(column, count);
      }
      if (count > 0) {
        columns(column, count);
      }
      int step = Math.max(1, count);
      progress.step(step);
      column += step;
    }
  }

  private void rows(int first, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SliverId sliver = SliverId.primary(first + i);
      if (slivers.wants(sliver) || wantedOfRow.length > 0) {
        slivers.write(sliver, 0, matrix.readRow(first + i, i));
      }
    }
    matrix.extendRows(count, wantedOfRow);
    for (int column : wantedOfRow) {
      slivers.gather(
          SliverId.secondary(column), first, count, matrix.from(column), matrix.rowBytes());
    }
  }

  /** Returns how many neighboring columns are wanted, up to a limit. */
  private int wantedFrom(int column, int limit) {
    int count = 0;
    while (count < limit && slivers.wants(SliverId.secondary(column + count))) {
      count++;
    }
    return count;
  }

  private void columns(int first, int count) throws IOException {
    matrix.readColumns(first, count);
    matrix.extendColumns(count, wantedOfColumn);
    for (int row : wantedOfColumn) {
      slivers.write(
          SliverId.primary(row), (long) first * symbolSize, matrix.acrossColumns(row, count));
    }
    for (int lane = 0; lane < count; lane++) {
      slivers.gather(
          SliverId.secondary(first + lane), 0, k1, matrix.from(lane), (long) count * symbolSize);
    }
  }
}
