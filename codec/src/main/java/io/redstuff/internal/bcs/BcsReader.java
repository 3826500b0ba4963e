package io.redstuff.internal.bcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.error.MalformedDataException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Objects;

/**
 * Reads BCS and accepts nothing but the one canonical form of a value.
 *
 * <p>Every length is compared with the bytes that are left before anything is made of it, and
 * nothing is ever copied or allocated here: byte strings are returned as read-only slices of the
 * input. Each method takes the name of what it reads, for the message of the {@link
 * MalformedDataException} that it throws at anything else. After that the position is unspecified.
 * Not thread-safe.
 */
public final class BcsReader {

  private static final long MAX_U32 = 0xffff_ffffL;
  private static final int MAX_ULEB128_BYTES = 5;
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment in;
  private long position;

  /** Reads a value of one type. */
  @FunctionalInterface
  public interface Parser<T> {
    /** Returns the next value. */
    T parse(BcsReader reader) throws MalformedDataException;
  }

  /** Returns the value that all of {@code bcs} encodes: nothing may follow it. */
  public static <T> T parse(MemorySegment bcs, String what, Parser<T> parser)
      throws MalformedDataException {
    BcsReader reader = new BcsReader(bcs);
    T value = parser.parse(reader);
    reader.end(what);
    return value;
  }

  /** Makes a reader at the start of a segment, native or heap; positions count from there. */
  public BcsReader(MemorySegment in) {
    this.in = in.asReadOnly();
  }

  /** Makes a reader at the start of an array, which is not copied. */
  public BcsReader(byte[] in) {
    this(MemorySegment.ofArray(in));
  }

  /** Returns how many bytes were read. */
  public long position() {
    return position;
  }

  /** Returns how many bytes were not read yet. */
  public long remaining() {
    return in.byteSize() - position;
  }

  /** Reads the number of an enum variant, below {@code variants}. */
  public int variant(String what, int variants) throws MalformedDataException {
    long start = position;
    long variant = uleb128(what);
    if (variant >= variants) {
      throw new MalformedDataException(
          start, what + ": got variant " + variant + ", expected 0 to " + (variants - 1));
    }
    return (int) variant;
  }

  /** Reads an unsigned number of 8 bits. */
  public int u8(String what) throws MalformedDataException {
    return Byte.toUnsignedInt(in.get(ValueLayout.JAVA_BYTE, advance(what, 1)));
  }

  /** Returns the next byte, as {@link #u8} does, and leaves it to be read. */
  public int peek(String what) throws MalformedDataException {
    int value = u8(what);
    position--;
    return value;
  }

  /** Reads a truth value: 0 or 1 in one byte, which is also how an option says what follows. */
  public boolean bool(String what) throws MalformedDataException {
    long start = position;
    int value = u8(what);
    if (value > 1) {
      throw new MalformedDataException(start, what + ": got " + value + ", expected 0 or 1");
    }
    return value == 1;
  }

  /** Reads an unsigned number of 16 bits. */
  public int u16(String what) throws MalformedDataException {
    return Short.toUnsignedInt(in.get(U16, advance(what, Short.BYTES)));
  }

  /** Reads an unsigned number of 32 bits. */
  public long u32(String what) throws MalformedDataException {
    return Integer.toUnsignedLong(in.get(U32, advance(what, Integer.BYTES)));
  }

  /** Reads an unsigned number of 64 bits; those above {@link Long#MAX_VALUE} come as negative. */
  public long u64(String what) throws MalformedDataException {
    return in.get(U64, advance(what, Long.BYTES));
  }

  /** Reads an unsigned number of 64 bits, which must not be above {@link Long#MAX_VALUE}. */
  public long u63(String what) throws MalformedDataException {
    long start = position;
    long value = u64(what);
    if (value < 0) {
      throw new MalformedDataException(
          start,
          what + ": got " + Long.toUnsignedString(value) + ", expected at most " + Long.MAX_VALUE);
    }
    return value;
  }

  /** Reads a fixed number of bytes and returns a read-only view of them. */
  public MemorySegment fixed(String what, long length) throws MalformedDataException {
    return in.asSlice(advance(what, length), length);
  }

  /** Reads a fixed number of bytes and returns a copy of them. */
  public byte[] array(String what, int length) throws MalformedDataException {
    return fixed(what, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Reads a byte string, its length and then its bytes, and returns a read-only view of these. */
  public MemorySegment bytes(String what) throws MalformedDataException {
    return fixed(what, count(what, 1));
  }

  /** Reads a string: its length in bytes, then as many of UTF-8. */
  public String text(String what) throws MalformedDataException {
    long start = position;
    ByteBuffer bytes = bytes(what).asByteBuffer();
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedDataException(start, what + ": got bytes that are not UTF-8");
    }
  }

  /**
   * Reads a byte string that is itself the encoding of a value, which nothing may follow in it.
   * Positions go on from those of this reader.
   */
  public <T> T nested(String what, Parser<T> parser) throws MalformedDataException {
    long length = count(what, 1);
    BcsReader inner = new BcsReader(in.asSlice(0, position + length));
    inner.position = position;
    T value = parser.parse(inner);
    inner.end(what);
    position = inner.position;
    return value;
  }

  /** Reads all of a byte string as a value of one type. */
  @FunctionalInterface
  public interface WholeParser<T> {
    /** Returns the value. */
    T parse(MemorySegment bcs) throws MalformedDataException;
  }

  /**
   * Reads a byte string that is itself the encoding of a value, as {@link #nested} does, with the
   * parser that the value has for itself alone.
   */
  public <T> T embedded(String what, WholeParser<T> parser) throws MalformedDataException {
    MemorySegment bcs = bytes(what);
    try {
      return parser.parse(bcs);
    } catch (MalformedDataException e) {
      throw e.within(position - bcs.byteSize());
    }
  }

  /**
   * Reads the number of elements of a vector, for which there must be enough bytes left if each has
   * the least length there is, at least 1.
   */
  public long count(String what, long minElementBytes) throws MalformedDataException {
    long start = position;
    long count = uleb128(what + " length");
    if (count > remaining() / minElementBytes) {
      throw new MalformedDataException(
          start,
          what
              + ": got a length of "
              + count
              + ", expected at most "
              + remaining() / minElementBytes
              + " with "
              + remaining()
              + " bytes left");
    }
    return count;
  }

  /** Returns a read-only view of what was read from an earlier position on. */
  public MemorySegment since(long start) {
    return in.asSlice(start, position - start);
  }

  /** Checks that all was read. */
  public void end(String what) throws MalformedDataException {
    if (remaining() != 0) {
      throw new MalformedDataException(
          position, what + ": got " + remaining() + " trailing bytes, expected none");
    }
  }

  private long uleb128(String what) throws MalformedDataException {
    long start = position;
    long value = 0;
    for (int i = 0; i < MAX_ULEB128_BYTES; i++) {
      int b = u8(what);
      value |= (b & 0x7fL) << (7 * i);
      if (b < 0x80) {
        if (b == 0 && i > 0) {
          throw new MalformedDataException(
              start,
              what + ": got " + value + " in " + (i + 1) + " bytes, expected the shortest form");
        }
        if (value > MAX_U32) {
          throw new MalformedDataException(
              start, what + ": got " + value + ", expected at most " + MAX_U32);
        }
        return value;
      }
    }
    throw new MalformedDataException(
        start, what + ": got a number of more than " + MAX_ULEB128_BYTES + " bytes");
  }

  private long advance(String what, long length) throws MalformedDataException {
    long start = position;
    if (length > remaining()) {
      throw new MalformedDataException(
          start, what + ": got " + remaining() + " bytes, expected " + length);
    }
    position = Objects.checkFromIndexSize(start, length, in.byteSize()) + length;
    return start;
  }
}
