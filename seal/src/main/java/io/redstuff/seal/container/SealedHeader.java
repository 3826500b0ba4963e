package io.redstuff.seal.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.seal.DataCipher;
import io.redstuff.seal.EncryptedObject;
import io.redstuff.stream.BlobBytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a sealed blob begins with: magic and version, how long its segments and its content are, and
 * the object that carries the key. All of it goes into the key of the segments, so a header that
 * was changed opens nothing. Immutable.
 *
 * @since 0.1.0
 */
public final class SealedHeader {
  /** The only version there is. */
  public static final int VERSION = 1;

  /** The shortest segments, in bytes, as a power of two. */
  public static final int MIN_SEGMENT_BITS = 12;

  /** The longest segments, in bytes, as a power of two. */
  public static final int MAX_SEGMENT_BITS = 24;

  /** The length of segments unless one chooses, 64 KiB, as a power of two. */
  public static final int SEGMENT_BITS = 16;

  /** The most bytes that the object can have: with 255 shares and the longest id. */
  public static final int MAX_OBJECT_BYTES = 1 << 16;

  private static final String WHAT = "sealed blob";
  private static final byte[] MAGIC = "redseal".getBytes(US_ASCII);

  /** Magic, version, bits of a segment, length of the content. */
  private static final int FIXED_BYTES = MAGIC.length + 1 + 1 + Long.BYTES;

  /** The length of the object, as it stands before it, takes so much at most. */
  private static final int MAX_LENGTH_BYTES = 5;

  private final EncryptedObject object;
  private final Segments segments;
  private final byte[] bytes;

  private SealedHeader(EncryptedObject object, int segmentBits, long contentLength, byte[] bytes) {
    this.object = object;
    this.bytes = bytes;
    this.segments = new Segments(bytes.length, segmentBits, contentLength);
  }

  /**
   * Returns a header.
   *
   * @param object carries the key
   * @param segmentBits the length of segments, as a power of two
   * @param contentLength bytes to be sealed
   */
  static SealedHeader of(EncryptedObject object, int segmentBits, long contentLength) {
    if (segmentBits < MIN_SEGMENT_BITS || segmentBits > MAX_SEGMENT_BITS) {
      throw new IllegalArgumentException(
          "segment: got 2^%s bytes, expected 2^%s to 2^%s"
              .formatted(segmentBits, MIN_SEGMENT_BITS, MAX_SEGMENT_BITS));
    }
    MemorySegment bcs = MemorySegment.ofArray(object.toBcs());
    byte[] bytes =
        BcsWriter.toBytes(
            out -> out.fixed(MAGIC).u8(VERSION).u8(segmentBits).u64(contentLength).bytes(bcs));
    return new SealedHeader(object, segmentBits, contentLength, bytes);
  }

  /**
   * Reads the header of a sealed blob, and compares the lengths that it tells with that of the
   * blob: one that was cut off is refused here.
   *
   * @param blob the sealed blob; no more than the header is read
   * @return the header, of which nothing is authenticated
   * @throws MalformedDataException if it is not one of this version, or the blob is longer or
   *     shorter than it says
   * @throws RedStuffException if the bytes are not to be had from what is stored
   * @throws IOException if the bytes cannot be read
   */
  public static SealedHeader read(BlobBytes blob) throws IOException, RedStuffException {
    byte[] start = read(blob, 0, (int) Math.min(blob.length(), FIXED_BYTES + MAX_LENGTH_BYTES));
    if (!isSealed(start)) {
      throw new MalformedDataException(
          0, WHAT + ": got something else, expected the word 'redseal' at its start");
    }
    BcsReader in = new BcsReader(start);
    in.fixed("magic", MAGIC.length);
    int version = in.u8("version");
    if (version != VERSION) {
      throw new MalformedDataException(
          MAGIC.length, "%s: got version %s, expected %s".formatted(WHAT, version, VERSION));
    }
    int segmentBits = in.u8("segment length");
    if (segmentBits < MIN_SEGMENT_BITS || segmentBits > MAX_SEGMENT_BITS) {
      throw new MalformedDataException(
          in.position() - 1,
          "segment length: got 2^%s, expected 2^%s to 2^%s"
              .formatted(segmentBits, MIN_SEGMENT_BITS, MAX_SEGMENT_BITS));
    }
    long contentLength = in.u63("content length");
    // The object itself is not there yet.
    int objectAt = (int) in.position();
    int objectBytes = objectLength(Arrays.copyOfRange(start, objectAt, start.length), objectAt);
    int from = objectAt + BcsWriter.uleb128Length(objectBytes);
    if (objectBytes > blob.length() - from) {
      throw new MalformedDataException(
          from,
          "%s: got %s bytes after its length, expected an object of %s"
              .formatted(WHAT, blob.length() - from, objectBytes));
    }
    byte[] bytes = Arrays.copyOf(start, from + objectBytes);
    byte[] bcs = read(blob, from, objectBytes);
    System.arraycopy(bcs, 0, bytes, from, objectBytes);
    SealedHeader header = new SealedHeader(object(bcs, from), segmentBits, contentLength, bytes);
    if (blob.length() != header.segments.containerLength()) {
      throw new MalformedDataException(
          Math.min(blob.length(), Math.max(0, header.segments.containerLength())),
          "%s: got %s bytes, expected %s with %s of content"
              .formatted(WHAT, blob.length(), header.segments.containerLength(), contentLength));
    }
    return header;
  }

  private static EncryptedObject object(byte[] bcs, int from) throws MalformedDataException {
    EncryptedObject object;
    try {
      object = EncryptedObject.parse(bcs);
    } catch (MalformedDataException e) {
      throw e.within(from);
    }
    if (object.cipher() != DataCipher.PLAIN) {
      throw new MalformedDataException(
          from,
          "%s: got an object with data in it (%s), expected one with a key alone"
              .formatted(WHAT, object.cipher()));
    }
    return object;
  }

  /** Reads a length of which no bytes need follow. */
  private static int objectLength(byte[] uleb128, int at) throws MalformedDataException {
    long length = 0;
    for (int i = 0; i < uleb128.length; i++) {
      length |= (uleb128[i] & 0x7fL) << (7 * i);
      if (uleb128[i] >= 0) {
        if (length > MAX_OBJECT_BYTES || BcsWriter.uleb128Length(length) != i + 1) {
          break;
        }
        return (int) length;
      }
    }
    throw new MalformedDataException(
        at,
        "object length: got another number, expected at most %s in its shortest form"
            .formatted(MAX_OBJECT_BYTES));
  }

  private static byte[] read(BlobBytes blob, long from, int length)
      throws IOException, RedStuffException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(length);
      blob.read(from, bytes);
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /**
   * {@return whether bytes begin as a sealed blob does, of whatever version}
   *
   * @param start the first 7 bytes, or more
   */
  public static boolean isSealed(byte[] start) {
    return Arrays.mismatch(MAGIC, start) == MAGIC.length || Arrays.equals(MAGIC, start);
  }

  /** {@return the object that carries the key: ask the servers in it for keys of its identity} */
  public EncryptedObject object() {
    return object;
  }

  /** {@return how many bytes are sealed: that is no secret} */
  public long contentLength() {
    return segments.contentLength();
  }

  /** {@return how many bytes of content are encrypted and authenticated together} */
  public int segmentBytes() {
    return segments.segmentBytes();
  }

  /** {@return the length of header and segments} */
  public long containerLength() {
    return segments.containerLength();
  }

  /**
   * Opens the blob.
   *
   * @param blob the sealed blob that this is the header of
   * @param key what {@link io.redstuff.seal.Seal#decrypt} gave for {@link #object()}, 32 bytes; the
   *     caller wipes it
   * @return a reader of its content
   */
  public SealedReader open(BlobBytes blob, byte[] key) {
    return new SealedReader(
        Objects.requireNonNull(blob, "blob"), segments, SegmentCipher.of(key, bytes));
  }

  Segments segments() {
    return segments;
  }

  byte[] bytes() {
    return bytes;
  }
}
