package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.internal.matrix.ColumnHasher;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.EncodingPlan.Strategy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * One encoding of a blob a few columns at a time: its source rows are extended, and what they have
 * in the columns from k2 on is kept as an {@link Extension}; then the columns are extended, hashed,
 * and handed on.
 */
final class EncodeRun {
  /** What a column costs, hashed and extended, where a row is only extended. */
  private static final long COLUMN_STEPS = 3;

  private final EncodingParameters parameters;
  private final EncodingPlan plan;
  private final long blobLength;
  private final int symbolSize;
  private final SelectedSlivers slivers;
  private final ProgressStages progress;
  private final ColumnGroups groups;
  private final MatrixPart matrix;
  private final ColumnHasher hasher;
  private final Arena arena;

  EncodeRun(
      RedStuff codec,
      EncodingPlan plan,
      BlobSource source,
      SelectedSlivers slivers,
      WorkMonitor monitor,
      Arena arena) {
    this.parameters = codec.parameters();
    this.plan = plan;
    this.blobLength = source.length();
    this.symbolSize = parameters.symbolSize(blobLength);
    this.slivers = slivers;
    this.groups = new ColumnGroups(parameters, plan.columnsAtOnce());
    this.matrix = new MatrixPart(codec, plan.columnsAtOnce(), source, arena);
    this.hasher = new ColumnHasher(parameters, codec.engine(), arena, codec.parallelism());
    this.arena = arena;
    long rowSteps = (plan.sourceReads() - 1L) * parameters.primarySourceSymbols();
    this.progress = new ProgressStages(monitor, blobLength);
    progress.stage(1, rowSteps + parameters.shards() * COLUMN_STEPS);
  }

  VerifiedMetadata run(Path spillDirectory) throws IOException {
    int n = parameters.shards();
    int k2 = parameters.secondarySourceSymbols();
    boolean spill = plan.strategy() == Strategy.SPILL;
    int kept = Math.ceilDiv(n - k2, plan.sourceReads() - 1);
    long bytes = kept * parameters.sliverLength(Axis.SECONDARY, symbolSize);
    try (FileChannel file = spill ? Workspace.temporaryFile(spillDirectory) : null) {
      BlobTarget store =
          spill ? new FileBlob(file, bytes) : BlobTarget.of(arena.allocate(bytes, 64));
      Extension extension = new Extension(parameters, symbolSize, groups, kept, store);
      for (int column = k2; column < n; column = extension.limit()) {
        extension.begin(column);
        extendRows(extension, column == k2);
        if (column == k2) {
          sourceColumns();
        }
        extensionColumns(column, extension);
      }
    }
    return hasher.metadata(blobLength);
  }

  /** Extends all source rows; those are primary slivers, to be handed on the first time. */
  private void extendRows(Extension extension, boolean firstTime) throws IOException {
    int k1 = parameters.primarySourceSymbols();
    for (int row = 0; row < k1; row += plan.columnsAtOnce()) {
      int rows = Math.min(plan.columnsAtOnce(), k1 - row);
      for (int i = 0; i < rows; i++) {
        MemorySegment sliver = matrix.readRow(row + i, i);
        if (firstTime) {
          slivers.write(SliverId.primary(row + i), 0, sliver);
        }
      }
      matrix.extendRows(rows);
      for (int i = 0; i < rows; i++) {
        extension.put(row + i, matrix.extension(i));
      }
      progress.step(rows);
    }
  }

  /** Works on the columns that are parts of the blob. */
  private void sourceColumns() throws IOException {
    int k2 = parameters.secondarySourceSymbols();
    for (int column = 0; column < k2; column = groups.end(column)) {
      int count = groups.end(column) - column;
      matrix.readColumns(column, count);
      columns(column, count);
      for (int row = parameters.primarySourceSymbols(); row < parameters.shards(); row++) {
        slivers.write(
            SliverId.primary(row), (long) column * symbolSize, matrix.acrossColumns(row, count));
      }
    }
  }

  /** Works on columns whose source symbols are in the extension. */
  private void extensionColumns(int first, Extension extension) throws IOException {
    for (int column = first; column < extension.limit(); column = extension.end(column)) {
      extension.get(column, matrix.symbols());
      columns(column, extension.end(column) - column);
    }
  }

  /** Extends and hashes columns whose source symbols are there, and hands them on. */
  private void columns(int first, int count) throws IOException {
    matrix.extendColumns(count);
    hasher.hash(first, count, matrix.symbols(), symbolSize);
    int k1 = parameters.primarySourceSymbols();
    for (int lane = 0; lane < count; lane++) {
      slivers.gather(
          SliverId.secondary(first + lane), 0, k1, matrix.from(lane), (long) count * symbolSize);
    }
    progress.step(count * COLUMN_STEPS);
  }
}
