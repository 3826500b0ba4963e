package io.redstuff.quilt;

import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A blob in a file that is open only while it is read. */
record PathBlob(Path path, long length) implements BlobSource {
  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    try (FileChannel file = open()) {
      read(file, offset, target);
    }
  }

  FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  /** Reads from the file, which was opened. */
  void read(FileChannel file, long offset, MemorySegment target) throws IOException {
    BlobSource now = BlobSource.of(file);
    if (now.length() != length) {
      throw new IOException(
          "%s: got %s bytes, expected %s as before".formatted(path, now.length(), length));
    }
    now.read(offset, target);
  }
}
