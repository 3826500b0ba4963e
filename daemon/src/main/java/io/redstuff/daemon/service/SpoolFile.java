package io.redstuff.daemon.service;

import io.redstuff.daemon.api.RefusedException;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A temporary file, which ends when it is closed. For one thread at a time. */
public final class SpoolFile implements AutoCloseable {
  /** Room is taken in steps where nobody has said how much is needed. */
  private static final long STEP = 1L << 20;

  private final Spool spool;
  private final FileChannel channel;
  private long room;
  private long length;
  private boolean isClosed;

  SpoolFile(Spool spool, FileChannel channel, long room) {
    this.spool = spool;
    this.channel = channel;
    this.room = room;
  }

  /** {@return how many bytes were appended} */
  public long length() {
    return length;
  }

  /**
   * Appends bytes.
   *
   * @param bytes all that remain are taken
   * @throws RefusedException if there is no room
   * @throws IOException if they cannot be written
   */
  public void append(ByteBuffer bytes) throws RefusedException, IOException {
    int count = bytes.remaining();
    if (length + count > room) {
      long more = Math.max(STEP, length + count - room);
      spool.take(more);
      room += more;
    }
    while (bytes.hasRemaining()) {
      length += channel.write(bytes, length);
    }
  }

  /**
   * Returns a stream that appends. Where there is no room it fails with an {@link IOException} that
   * is caused by the refusal.
   *
   * @return the stream; need not be closed
   */
  public OutputStream appending() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        try {
          append(ByteBuffer.wrap(bytes, offset, count));
        } catch (RefusedException e) {
          throw new IOException(e.getMessage(), e);
        }
      }
    };
  }

  /**
   * Returns all that was appended, as a blob.
   *
   * @return the blob; good until this is closed
   * @throws IOException if the file fails
   */
  public BlobSource source() throws IOException {
    return BlobSource.of(channel);
  }

  /**
   * Returns some of it, as a blob.
   *
   * @param offset of the first byte
   * @param bytes how many
   * @return the blob; good until this is closed
   * @throws IndexOutOfBoundsException if they were not appended
   */
  public BlobSource slice(long offset, long bytes) {
    Objects.checkFromIndexSize(offset, bytes, length);
    return new Slice(offset, bytes);
  }

  private final class Slice implements BlobSource {
    private final long start;
    private final long bytes;

    Slice(long start, long bytes) {
      this.start = start;
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes;
    }

    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      Objects.checkFromIndexSize(offset, target.byteSize(), bytes);
      SpoolFile.this.read(start + offset, target.asByteBuffer());
    }
  }

  /**
   * Returns the file as the target of a blob of known length.
   *
   * @param bytes how long the blob is; there has to be room for it
   * @return the target
   */
  public BlobTarget target(long bytes) {
    length = bytes;
    return BlobTarget.of(channel, bytes);
  }

  /**
   * Reads bytes.
   *
   * @param offset of the first
   * @param target is filled
   * @throws IOException if they cannot be read; an {@link EOFException} if there are fewer
   */
  public void read(long offset, ByteBuffer target) throws IOException {
    long at = offset;
    while (target.hasRemaining()) {
      int read = channel.read(target, at);
      if (read < 0) {
        throw new EOFException("temporary file: got " + at + " bytes, expected more");
      }
      at += read;
    }
  }

  /** Ends the file and gives its room back. */
  @Override
  public void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      spool.giveBack(room);
      channel.close();
    }
  }
}
