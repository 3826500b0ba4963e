package io.redstuff.seal.container;

import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.stream.BlobBytes;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Reads ranges of the content of a sealed blob, and of the blob no more than the segments that they
 * lie in. Nothing is given out that was not authenticated with its place. The last segment that was
 * opened is kept until the reader is closed. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class SealedReader implements BlobBytes, AutoCloseable {
  private final BlobBytes blob;
  private final Segments segments;
  private final SegmentCipher cipher;
  private final MemorySegment buffer;
  private final byte[] encrypted;
  private final byte[] plain;

  /** The segment that {@link #plain} holds. */
  private long current = -1;

  private long bytesRead;
  private boolean closed;

  SealedReader(BlobBytes blob, Segments segments, SegmentCipher cipher) {
    this.blob = blob;
    this.segments = segments;
    this.cipher = cipher;
    int most = segments.encryptedBytes(0);
    this.buffer = Arena.ofAuto().allocate(most);
    this.encrypted = new byte[most];
    this.plain = new byte[most];
  }

  /** {@return the length of the content in bytes} */
  @Override
  public long length() {
    return segments.contentLength();
  }

  /** {@return how many bytes of segments have been read so far} */
  public long bytesRead() {
    return bytesRead;
  }

  /**
   * Reads a range of the content.
   *
   * @param offset of the first byte
   * @param target gets the bytes, as many as it has; native or heap, writable. When this throws, it
   *     may have got some of them
   * @throws IndexOutOfBoundsException if they do not lie within the content
   * @throws VerificationException {@link Reason#BAD_CIPHERTEXT} if a segment cannot be opened with
   *     the key: it was changed, or is not the one that belongs there
   * @throws RedStuffException if the bytes are not to be had from what is stored
   * @throws IOException if the bytes cannot be read
   * @throws IllegalStateException if the reader is closed
   */
  @Override
  public void read(long offset, MemorySegment target) throws IOException, RedStuffException {
    if (offset < 0 || offset > length() - target.byteSize()) {
      throw new IndexOutOfBoundsException(
          "range: got %s bytes from %s on, expected them within the content's %s"
              .formatted(target.byteSize(), offset, length()));
    }
    for (long done = 0; done < target.byteSize(); ) {
      long segment = (offset + done) >> segments.segmentBits();
      load(segment);
      long from = offset + done - segments.contentFrom(segment);
      long bytes = Math.min(segments.contentBytes(segment) - from, target.byteSize() - done);
      MemorySegment.copy(MemorySegment.ofArray(plain), from, target, done, bytes);
      done += bytes;
    }
  }

  /**
   * Opens all of the content. An empty one is authenticated, too.
   *
   * @param target gets the content; as long as that. When this throws, it may have got some of it
   * @param monitor watches, and may cancel
   * @throws VerificationException {@link Reason#BAD_CIPHERTEXT} if a segment cannot be opened with
   *     the key: it was changed, or is not the one that belongs there
   * @throws RedStuffException if the bytes are not to be had from what is stored
   * @throws IOException if bytes cannot be read or written
   * @throws IllegalStateException if the reader is closed
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public void copyTo(BlobTarget target, WorkMonitor monitor) throws IOException, RedStuffException {
    MemorySegment content = Arena.ofAuto().allocate(segments.segmentBytes());
    for (long segment = 0; segment < segments.count(); segment++) {
      load(segment);
      int bytes = segments.contentBytes(segment);
      MemorySegment.copy(MemorySegment.ofArray(plain), 0, content, 0, bytes);
      target.write(segments.contentFrom(segment), content.asSlice(0, bytes));
      monitor.report(segments.contentFrom(segment) + bytes, length());
    }
    content.fill((byte) 0);
  }

  private void load(long segment) throws IOException, RedStuffException {
    if (closed) {
      throw new IllegalStateException("sealed reader: got a read, expected none once it is closed");
    }
    if (segment == current) {
      return;
    }
    current = -1;
    int length = segments.encryptedBytes(segment);
    blob.read(segments.encryptedFrom(segment), buffer.asSlice(0, length));
    bytesRead += length;
    MemorySegment.copy(buffer, 0, MemorySegment.ofArray(encrypted), 0, length);
    cipher.decrypt(segment, segments.isLast(segment), encrypted, length, plain);
    current = segment;
  }

  /** Overwrites what was kept of the content. */
  @Override
  public void close() {
    closed = true;
    current = -1;
    Arrays.fill(plain, (byte) 0);
  }
}
