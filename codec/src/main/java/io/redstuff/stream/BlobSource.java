package io.redstuff.stream;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/**
 * The bytes of a blob, to be read at any place and more than once. They must not change meanwhile.
 *
 * @since 0.1.0
 */
public interface BlobSource extends BlobBytes {
  /**
   * Reads bytes.
   *
   * @param offset of the first
   * @param target native memory; all of it is filled
   * @throws IOException if they cannot be read; an {@link java.io.EOFException} if there are fewer
   */
  @Override
  void read(long offset, MemorySegment target) throws IOException;

  /**
   * {@return a blob in memory}
   *
   * @param blob the bytes, native or heap
   */
  static BlobSource of(MemorySegment blob) {
    return new SegmentBlob(blob);
  }

  /**
   * {@return a blob in a file, of as many bytes as the file has now}
   *
   * @param file open for reading; stays open. Its position is not used
   * @throws IOException if the length cannot be found out
   */
  static BlobSource of(FileChannel file) throws IOException {
    return new FileBlob(file, file.size());
  }
}
