package io.redstuff.stream;

import io.redstuff.EncodingParameters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * An extension in a temporary file. What is asked for together lies together: group of columns by
 * group, in each row by row.
 */
final class SpilledExtension implements Extension, AutoCloseable {
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final ColumnGroups groups;
  private final FileBlob file;

  SpilledExtension(
      EncodingParameters parameters, int symbolSize, ColumnGroups groups, Path directory)
      throws IOException {
    this.parameters = parameters;
    this.symbolSize = symbolSize;
    this.groups = groups;
    this.file = FileBlob.temporary(Workspace.temporaryFile(directory));
  }

  @Override
  public void put(int row, MemorySegment symbols) throws IOException {
    int n = parameters.shards();
    int k2 = parameters.secondarySourceSymbols();
    for (int column = k2; column < n; column = groups.end(column)) {
      long bytes = (long) (groups.end(column) - column) * symbolSize;
      MemorySegment part = symbols.asSlice((long) (column - k2) * symbolSize, bytes);
      file.write(start(column) + row * bytes, part);
    }
  }

  @Override
  public void get(int column, int count, MemorySegment symbols) throws IOException {
    long bytes = (long) parameters.primarySourceSymbols() * count * symbolSize;
    file.read(start(column), symbols.asSlice(0, bytes));
  }

  /** Where the group that begins with a column begins. */
  private long start(int column) {
    long columns = (long) column - parameters.secondarySourceSymbols();
    return columns * parameters.primarySourceSymbols() * symbolSize;
  }

  @Override
  public void close() throws IOException {
    file.file().close();
  }
}
