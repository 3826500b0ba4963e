package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.RedStuff;
import io.redstuff.SliverId;
import io.redstuff.internal.ColumnHasher;
import io.redstuff.internal.SlicedEncoder;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.SymbolRows;
import io.redstuff.stream.EncodingPlan.Strategy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * One encoding of a blob a few columns at a time: its source rows are extended, and what they have
 * in the columns from k2 on is kept as an {@link Extension}; then the columns are extended, hashed,
 * and given away.
 */
final class ColumnEncoding {
  /** What a column costs, hashed and extended, where a row is only extended. */
  private static final long COLUMN_STEPS = 3;

  private final EncodingParameters parameters;
  private final int n;
  private final int k1;
  private final int k2;
  private final EncodingPlan plan;
  private final BlobSource source;
  private final int symbolSize;
  private final SelectedSlivers slivers;
  private final WorkMeter meter;
  private final ColumnGroups groups;
  private final SlicedEncoder rowEncoder;
  private final SlicedEncoder columnEncoder;
  private final ColumnHasher hasher;
  private final Arena arena;

  /** All n symbols of some rows, or of some columns. */
  private final MemorySegment matrix;

  ColumnEncoding(
      RedStuff codec,
      EncodingPlan plan,
      BlobSource source,
      SelectedSlivers slivers,
      WorkMonitor monitor,
      Arena arena) {
    this.parameters = codec.parameters();
    this.n = parameters.shards();
    this.k1 = parameters.primarySourceSymbols();
    this.k2 = parameters.secondarySourceSymbols();
    this.plan = plan;
    this.source = source;
    this.symbolSize = parameters.symbolSize(source.length());
    this.slivers = slivers;
    this.groups = new ColumnGroups(parameters, plan.columnsAtOnce());
    this.arena = arena;
    int workers = codec.parallelism();
    this.rowEncoder = new SlicedEncoder(parameters, Axis.PRIMARY, codec.engine(), arena, workers);
    this.columnEncoder =
        new SlicedEncoder(parameters, Axis.SECONDARY, codec.engine(), arena, workers);
    this.hasher = new ColumnHasher(parameters, codec.engine(), arena, workers);
    this.matrix = arena.allocate((long) n * symbolSize * plan.columnsAtOnce(), 64);
    long rowSteps = (plan.sourceReads() - 1L) * k1;
    this.meter = new WorkMeter(monitor, source.length(), rowSteps + n * COLUMN_STEPS);
  }

  VerifiedMetadata run(Path spillDirectory) throws IOException {
    if (plan.strategy() == Strategy.SPILL) {
      try (SpilledExtension extension =
          new SpilledExtension(parameters, symbolSize, groups, spillDirectory)) {
        extendRows(extension, true);
        columns(0, k2, null);
        columns(k2, n, extension);
      }
    } else {
      int kept = Math.ceilDiv(n - k2, plan.sourceReads() - 1);
      KeptExtension extension = new KeptExtension(parameters, symbolSize, kept, arena);
      for (int column = k2; column < n; column = extension.limit()) {
        extension.begin(column);
        extendRows(extension, column == k2);
        if (column == k2) {
          columns(0, k2, null);
        }
        columns(column, extension.limit(), extension);
      }
    }
    return hasher.metadata(source.length());
  }

  /** Extends all source rows; those are primary slivers, to be given away the first time. */
  private void extendRows(Extension extension, boolean firstTime) throws IOException {
    long whole = (long) n * symbolSize;
    long rowBytes = (long) k2 * symbolSize;
    for (int row = 0; row < k1; row += plan.columnsAtOnce()) {
      int rows = Math.min(plan.columnsAtOnce(), k1 - row);
      for (int i = 0; i < rows; i++) {
        PaddedBlob.read(source, (row + i) * rowBytes, matrix.asSlice(i * whole, rowBytes));
      }
      rowEncoder.extend(new SymbolRows.Grid(matrix, 0, 0, symbolSize, whole), symbolSize, rows);
      for (int i = 0; i < rows; i++) {
        if (firstTime) {
          slivers.write(SliverId.primary(row + i), 0, matrix.asSlice(i * whole, rowBytes));
        }
        extension.put(row + i, matrix.asSlice(i * whole + rowBytes, whole - rowBytes));
      }
      meter.step(rows);
    }
  }

  /** Works on columns whose source symbols are in the extension, or in the blob if that is null. */
  private void columns(int first, int limit, Extension extension) throws IOException {
    for (int column = first; column < limit; ) {
      int count = Math.min(groups.end(column), limit) - column;
      long rowBytes = (long) count * symbolSize;
      if (extension == null) {
        for (int row = 0; row < k1; row++) {
          long at = ((long) row * k2 + column) * symbolSize;
          PaddedBlob.read(source, at, matrix.asSlice(row * rowBytes, rowBytes));
        }
      } else {
        extension.get(column, count, matrix);
      }
      columnEncoder.extend(
          new SymbolRows.Grid(matrix, 0, 0, rowBytes, symbolSize), symbolSize, count);
      hasher.hash(column, count, matrix, symbolSize);
      give(column, count);
      meter.step(count * COLUMN_STEPS);
      column += count;
    }
  }

  private void give(int column, int count) throws IOException {
    long rowBytes = (long) count * symbolSize;
    for (int row = k1; column < k2 && row < n; row++) {
      slivers.write(
          SliverId.primary(row),
          (long) column * symbolSize,
          matrix.asSlice(row * rowBytes, rowBytes));
    }
    for (int lane = 0; lane < count; lane++) {
      MemorySegment from = matrix.asSlice((long) lane * symbolSize);
      slivers.gather(SliverId.secondary(column + lane), 0, k1, from, rowBytes);
    }
  }
}
