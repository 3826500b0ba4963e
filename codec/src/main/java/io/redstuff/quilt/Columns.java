package io.redstuff.quilt;

import io.redstuff.EncodingParameters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The columns of a quilt, which are the secondary slivers below k2 of the blob.
 *
 * @param <X> what reading them throws beside failures of input
 */
abstract class Columns<X extends Exception> {
  private final int count;
  private final long columnBytes;

  Columns(EncodingParameters parameters, int symbolSize) {
    this.count = parameters.secondarySourceSymbols();
    this.columnBytes = (long) parameters.primarySourceSymbols() * symbolSize;
  }

  /** Returns how many there are. */
  final int count() {
    return count;
  }

  /** Returns the length of each. */
  final long columnBytes() {
    return columnBytes;
  }

  /** Reads bytes of one column to native memory. */
  abstract void read(int column, long offset, MemorySegment target) throws IOException, X;

  /** Reads bytes, counted from the start of a column on, that go on in the columns after it. */
  final void readFrom(int column, long offset, MemorySegment target) throws IOException, X {
    for (long done = 0; done < target.byteSize(); ) {
      long inColumn = (offset + done) % columnBytes;
      long bytes = Math.min(columnBytes - inColumn, target.byteSize() - done);
      int now = column + (int) ((offset + done) / columnBytes);
      read(now, inColumn, target.asSlice(done, bytes));
      done += bytes;
    }
  }
}
