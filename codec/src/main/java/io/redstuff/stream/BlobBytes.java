package io.redstuff.stream;

import io.redstuff.error.RedStuffException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The bytes of a blob, to be read at any place and more than once, be it there as it is ({@link
 * BlobSource}) or in slivers ({@link RangeReader}). They must not change meanwhile.
 *
 * @since 0.1.0
 */
public interface BlobBytes {
  /** {@return the length of the blob in bytes, the same each time} */
  long length();

  /**
   * Reads bytes.
   *
   * @param offset of the first
   * @param target native memory; all of it is filled
   * @throws IOException if they cannot be read; an {@link java.io.EOFException} if there are fewer
   * @throws RedStuffException if they are not to be had from what is stored
   */
  void read(long offset, MemorySegment target) throws IOException, RedStuffException;
}
