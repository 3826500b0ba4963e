package io.redstuff.stream;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/** A blob in a file. */
record FileBlob(FileChannel file, long length) implements BlobTarget {
  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkEnd(offset, target.byteSize(), length);
    FileBytes.read(file, offset, target);
  }

  @Override
  public void write(long offset, MemorySegment bytes) throws IOException {
    FileBytes.write(file, offset, bytes);
  }

  static void checkEnd(long offset, long bytes, long length) throws EOFException {
    if (offset < 0 || offset > length - bytes) {
      throw new EOFException(
          "blob: got a read of %s bytes at %s, expected it within %s bytes"
              .formatted(bytes, offset, length));
    }
  }
}
