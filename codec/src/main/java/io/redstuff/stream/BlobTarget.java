package io.redstuff.stream;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/**
 * Where a decoded blob goes: written piece by piece at any place, then read again to be checked.
 *
 * @since 0.1.0
 */
public interface BlobTarget extends BlobSource {
  /**
   * Writes bytes.
   *
   * @param offset of the first
   * @param bytes native memory; valid during the call
   * @throws IOException if they cannot be written
   */
  void write(long offset, MemorySegment bytes) throws IOException;

  /**
   * {@return memory as a target}
   *
   * @param blob writable, native or heap, as long as the blob
   */
  static BlobTarget of(MemorySegment blob) {
    return new SegmentBlob(blob);
  }

  /**
   * {@return a file as a target}
   *
   * @param file open for reading and writing; stays open. Its position is not used
   * @param length of the blob in bytes
   */
  static BlobTarget of(FileChannel file, long length) {
    return new FileBlob(file, length);
  }
}
