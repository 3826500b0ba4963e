package io.redstuff.quilt;

import io.redstuff.EncodingParameters;
import io.redstuff.error.RedStuffException;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Columns that are compared with what the blob id commits to before a byte is given out. */
abstract class VerifiedColumns extends Columns<RedStuffException> implements AutoCloseable {
  VerifiedColumns(EncodingParameters parameters, int symbolSize) {
    super(parameters, symbolSize);
  }

  /** Goes over to the whole blob, which is checked as strictly as can be. */
  abstract void readWhole(WorkMonitor monitor) throws IOException, RedStuffException;

  /** Returns how many bytes were read from where the slivers are, or the blob is. */
  abstract long bytesRead();

  @Override
  public abstract void close() throws IOException;

  /** Returns the columns of a whole blob that was checked already; nothing has to be closed. */
  static VerifiedColumns of(
      EncodingParameters parameters, BlobColumns blob, int symbolSize, long bytesRead) {
    return new VerifiedColumns(parameters, symbolSize) {
      @Override
      void read(int column, long offset, MemorySegment target) throws IOException {
        blob.read(column, offset, target);
      }

      @Override
      void readWhole(WorkMonitor monitor) {
        // That is what it is.
      }

      @Override
      long bytesRead() {
        return bytesRead;
      }

      @Override
      public void close() {
        // The blob is the caller's.
      }
    };
  }
}
