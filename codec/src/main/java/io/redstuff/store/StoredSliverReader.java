package io.redstuff.store;

import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.stream.SliverReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Reads stored slivers that are compared with the metadata, as a {@link SliverReader} does. A
 * sliver that cannot be read is left out, and others take its place.
 *
 * <p>Keeps the memory of a sliver reader until it is closed. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class StoredSliverReader implements AutoCloseable {
  private final StoredSlivers slivers;
  private final SliverReader reader;

  StoredSliverReader(StoredEncoding stored, StoredSlivers slivers) {
    this.slivers = slivers;
    this.reader = SliverReader.of(stored.codec(), stored.metadata(), slivers.naming());
  }

  /**
   * Reads bytes of a sliver.
   *
   * @param sliver which sliver
   * @param offset of the first byte, counted from the start of its symbols
   * @param target native or heap memory; all of it is filled
   * @throws InsufficientDataException if the sliver is missing or bad, and too few cross it to
   *     restore it
   * @throws VerificationException if what crosses the sliver is good, and still does not give the
   *     one that the metadata commits to: the writer encoded the blob inconsistently
   * @throws IOException if the store fails, other than in reading a sliver
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public void read(SliverId sliver, long offset, MemorySegment target)
      throws IOException, InsufficientDataException, VerificationException {
    slivers.leavingOutUnreadable(() -> reader.read(sliver, offset, target));
  }

  /** Frees the memory. */
  @Override
  public void close() {
    reader.close();
  }
}
