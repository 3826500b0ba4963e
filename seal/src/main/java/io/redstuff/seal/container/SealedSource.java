package io.redstuff.seal.container;

import io.redstuff.seal.SealedKey;
import io.redstuff.stream.BlobSource;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A blob that is sealed as it is read: to be encoded, or written to a file. It may be read at any
 * place and more than once, as an encoder does, and always has the same bytes.
 *
 * <p>For that the content must not change. If it does between two reads of one place, the second
 * fails, and nothing of the new content is given out: encrypted with the same nonce, both together
 * would tell what is in them. To know, the tag of each segment is kept, 16 bytes for 64 KiB.
 *
 * <p>For one thread at a time. The key is used for one content and no other: make a new one for
 * each.
 *
 * @since 0.1.0
 */
public final class SealedSource implements BlobSource {
  private final BlobSource content;
  private final SealedHeader header;
  private final Segments segments;
  private final SegmentCipher cipher;
  private final MemorySegment plain;
  private final byte[] plainBytes;
  private final byte[] encrypted;
  private final byte[] tags;
  private final BitSet known = new BitSet();

  /** The segment that {@link #encrypted} holds. */
  private long current = -1;

  private SealedSource(SealedKey key, BlobSource content, int segmentBits) {
    this.content = content;
    this.header = SealedHeader.of(key.object(), segmentBits, content.length());
    this.segments = header.segments();
    byte[] secret = key.toBytes();
    this.cipher = SegmentCipher.of(secret, header.bytes());
    Arrays.fill(secret, (byte) 0);
    this.plain = Arena.ofAuto().allocate(segments.segmentBytes());
    this.plainBytes = new byte[segments.segmentBytes()];
    this.encrypted = new byte[segments.segmentBytes() + SegmentCipher.TAG_BYTES];
    this.tags = new byte[Math.toIntExact(segments.count() * SegmentCipher.TAG_BYTES)];
  }

  /**
   * {@return content sealed in segments of 64 KiB}
   *
   * @param key a new one, which seals nothing else
   * @param content what to seal
   */
  public static SealedSource of(SealedKey key, BlobSource content) {
    return of(key, content, SealedHeader.SEGMENT_BITS);
  }

  /**
   * {@return content sealed in segments of some length}
   *
   * @param key a new one, which seals nothing else
   * @param content what to seal
   * @param segmentBits the length of a segment as a power of two, {@link
   *     SealedHeader#MIN_SEGMENT_BITS} to {@link SealedHeader#MAX_SEGMENT_BITS}
   * @throws IllegalArgumentException if there are no segments of that length
   * @throws ArithmeticException if there were more than 2^27 segments
   */
  public static SealedSource of(SealedKey key, BlobSource content, int segmentBits) {
    return new SealedSource(key, content, segmentBits);
  }

  /** {@return what the sealed blob begins with} */
  public SealedHeader header() {
    return header;
  }

  @Override
  public long length() {
    return segments.containerLength();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    if (offset < 0 || offset > length() - target.byteSize()) {
      throw new EOFException(
          "sealed blob: got a read of %s bytes at %s, expected it within %s bytes"
              .formatted(target.byteSize(), offset, length()));
    }
    long done = 0;
    if (offset < segments.headerBytes()) {
      done = Math.min(target.byteSize(), segments.headerBytes() - offset);
      MemorySegment.copy(MemorySegment.ofArray(header.bytes()), offset, target, 0, done);
    }
    while (done < target.byteSize()) {
      long segment = segments.segmentOf(offset + done);
      load(segment);
      long from = offset + done - segments.encryptedFrom(segment);
      long bytes = Math.min(segments.encryptedBytes(segment) - from, target.byteSize() - done);
      MemorySegment.copy(MemorySegment.ofArray(encrypted), from, target, done, bytes);
      done += bytes;
    }
  }

  private void load(long segment) throws IOException {
    if (segment == current) {
      return;
    }
    current = -1;
    int length = segments.contentBytes(segment);
    content.read(segments.contentFrom(segment), plain.asSlice(0, length));
    MemorySegment.copy(plain, ValueLayout.JAVA_BYTE, 0, plainBytes, 0, length);
    cipher.encrypt(segment, segments.isLast(segment), plainBytes, length, encrypted);
    checkSame(segment, length);
    current = segment;
  }

  private void checkSame(long segment, int tagAt) throws IOException {
    int at = (int) segment * SegmentCipher.TAG_BYTES;
    if (!known.get((int) segment)) {
      known.set((int) segment);
      System.arraycopy(encrypted, tagAt, tags, at, SegmentCipher.TAG_BYTES);
    } else if (!Arrays.equals(
        encrypted,
        tagAt,
        tagAt + SegmentCipher.TAG_BYTES,
        tags,
        at,
        at + SegmentCipher.TAG_BYTES)) {
      Arrays.fill(encrypted, (byte) 0);
      throw new IOException(
          "content to be sealed: changed while it was read, at byte %s or after"
              .formatted(segments.contentFrom(segment)));
    }
  }
}
