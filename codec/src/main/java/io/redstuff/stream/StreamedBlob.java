package io.redstuff.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A blob that comes as a stream. Bytes are taken from it as they are asked for the first time, in
 * order, and kept in a temporary file for when they are asked for again; without a file they can be
 * had once.
 *
 * @since 0.1.0
 */
public final class StreamedBlob implements BlobSource, AutoCloseable {
  private static final int COPY_BYTES = 1 << 16;

  private final InputStream stream;
  private final long length;
  private final Optional<FileBlob> copy;
  private final byte[] buffer = new byte[COPY_BYTES];
  private long taken;

  private StreamedBlob(InputStream stream, long length, Optional<FileBlob> copy) {
    this.stream = stream;
    this.length = length;
    this.copy = copy;
  }

  /**
   * {@return a blob whose bytes can be had once, in order}
   *
   * @param stream the bytes; stays open
   * @param length how many there are
   */
  public static StreamedBlob once(InputStream stream, long length) {
    return new StreamedBlob(stream, length, Optional.empty());
  }

  /** Returns a blob that is kept in a temporary file as it comes. */
  static StreamedBlob keptIn(Path directory, InputStream stream, long length) throws IOException {
    return new StreamedBlob(
        stream, length, Optional.of(new FileBlob(Workspace.temporaryFile(directory), length)));
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    FileBlob.checkEnd(offset, target.byteSize(), length);
    long again = Math.clamp(taken - offset, 0, target.byteSize());
    if (again > 0) {
      kept(offset).read(offset, target.asSlice(0, again));
    }
    if (again < target.byteSize()) {
      if (taken < offset) {
        throw new IllegalStateException(
            "stream: asked for byte %s before byte %s".formatted(offset, taken));
      }
      take(target.asSlice(again));
    }
  }

  private FileBlob kept(long offset) {
    return copy.orElseThrow(
        () -> new IllegalStateException("stream: byte %s is gone".formatted(offset)));
  }

  private void take(MemorySegment target) throws IOException {
    for (long done = 0; done < target.byteSize(); ) {
      int wanted = (int) Math.min(buffer.length, target.byteSize() - done);
      int read = stream.readNBytes(buffer, 0, wanted);
      if (read < wanted) {
        throw new EOFException(
            "stream: got %s bytes, expected %s".formatted(taken + done + read, length));
      }
      MemorySegment.copy(MemorySegment.ofArray(buffer), 0, target, done, read);
      done += read;
    }
    if (copy.isPresent()) {
      copy.get().write(taken, target);
    }
    taken += target.byteSize();
  }

  /**
   * Makes sure that the stream has no more bytes than were told. To be called when all were read.
   *
   * @throws IOException if there are more, or the stream fails
   */
  public void checkEnd() throws IOException {
    if (stream.read() >= 0) {
      throw new IOException("stream: got more than %s bytes, expected no more".formatted(length));
    }
  }

  /** Ends the temporary file. The stream stays open. */
  @Override
  public void close() throws IOException {
    if (copy.isPresent()) {
      copy.get().file().close();
    }
  }
}
