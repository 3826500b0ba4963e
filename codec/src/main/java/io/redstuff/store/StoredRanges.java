package io.redstuff.store;

import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.stream.BlobBytes;
import io.redstuff.stream.RangeCheck;
import io.redstuff.stream.RangeReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Reads ranges of a stored blob as a {@link RangeReader} does. A sliver that cannot be read is left
 * out, and others take its place.
 *
 * <p>Keeps the memory of a range reader until it is closed. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class StoredRanges implements BlobBytes, AutoCloseable {
  private final StoredSlivers slivers;
  private final RangeReader reader;

  StoredRanges(StoredEncoding stored, StoredSlivers slivers, RangeCheck check) {
    this.slivers = slivers;
    this.reader = RangeReader.of(stored.codec(), stored.metadata(), slivers.naming(), check);
  }

  @Override
  public long length() {
    return reader.length();
  }

  /**
   * Reads a range.
   *
   * @param offset of the first byte in the blob
   * @param target gets the bytes, as many as it has; native or heap, writable. When this throws,
   *     its content is undefined
   * @throws IOException if the store fails, other than in reading a sliver
   * @throws IndexOutOfBoundsException if they do not lie within the blob
   * @throws InsufficientDataException if some are missing and there are too few slivers to recover
   *     them
   * @throws VerificationException if some are missing and too few of the slivers are good, or all
   *     are and the blob is still not what the metadata commits to
   * @throws IllegalArgumentException if {@code target} is read-only
   * @throws IllegalStateException if this is closed
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  @Override
  public void read(long offset, MemorySegment target)
      throws IOException, InsufficientDataException, VerificationException {
    slivers.leavingOutUnreadable(() -> reader.read(offset, target));
  }

  /** Frees the memory. */
  @Override
  public void close() {
    reader.close();
  }
}
