package io.redstuff.internal.bcs;

import io.redstuff.error.MalformedDataException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Reads BCS and accepts nothing but the one canonical form of a value.
 *
 * <p>Every length is compared with the bytes that are left before anything is made of it, and
 * nothing is ever copied or allocated here: byte strings are returned as read-only slices of the
 * input. Each method takes the name of what it reads, for the message of its exception. After an
 * exception the position is unspecified. Not thread-safe.
 */
public final class BcsReader {

  private static final long MAX_U32 = 0xffff_ffffL;
  private static final int MAX_ULEB128_BYTES = 5;
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment in;
  private long position;

  /**
   * Creates a reader at the start of a segment.
   *
   * @param in what to read, native or heap; positions count from its start
   */
  public BcsReader(MemorySegment in) {
    this.in = in.asReadOnly();
  }

  /**
   * Creates a reader at the start of an array.
   *
   * @param in what to read; not copied
   */
  public BcsReader(byte[] in) {
    this(MemorySegment.ofArray(in));
  }

  /**
   * Returns how far reading has come.
   *
   * @return the number of bytes read
   */
  public long position() {
    return position;
  }

  /**
   * Returns how much is left.
   *
   * @return the number of bytes not yet read
   */
  public long remaining() {
    return in.byteSize() - position;
  }

  /**
   * Reads the number of an enum variant.
   *
   * @param what the name of the value
   * @param variants how many variants there are
   * @return the variant, from 0 to {@code variants - 1}
   * @throws MalformedDataException if the input ends, the number is not canonical, or there is no
   *     such variant
   */
  public int variant(String what, int variants) throws MalformedDataException {
    long start = position;
    long variant = uleb128(what);
    if (variant >= variants) {
      throw new MalformedDataException(
          start, what + ": got variant " + variant + ", expected 0 to " + (variants - 1));
    }
    return (int) variant;
  }

  /**
   * Reads an unsigned number of 16 bits.
   *
   * @param what the name of the value
   * @return the number, from 0 to 65535
   * @throws MalformedDataException if the input ends
   */
  public int u16(String what) throws MalformedDataException {
    return Short.toUnsignedInt(in.get(U16, advance(what, Short.BYTES)));
  }

  /**
   * Reads an unsigned number of 64 bits that fits a {@code long}.
   *
   * @param what the name of the value
   * @return the number, not negative
   * @throws MalformedDataException if the input ends, or the number is above {@link Long#MAX_VALUE}
   */
  public long u63(String what) throws MalformedDataException {
    long start = advance(what, Long.BYTES);
    long value = in.get(U64, start);
    if (value < 0) {
      throw new MalformedDataException(
          start,
          what + ": got " + Long.toUnsignedString(value) + ", expected at most " + Long.MAX_VALUE);
    }
    return value;
  }

  /**
   * Reads a fixed number of bytes.
   *
   * @param what the name of the value
   * @param length how many bytes
   * @return a read-only view of them
   * @throws MalformedDataException if the input ends
   */
  public MemorySegment fixed(String what, long length) throws MalformedDataException {
    return in.asSlice(advance(what, length), length);
  }

  /**
   * Reads a byte string: its length, then its bytes.
   *
   * @param what the name of the value
   * @return a read-only view of the bytes
   * @throws MalformedDataException if the length is not canonical or exceeds what is left
   */
  public MemorySegment bytes(String what) throws MalformedDataException {
    return fixed(what, count(what, 1));
  }

  /**
   * Reads the number of elements of a vector.
   *
   * @param what the name of the vector
   * @param minElementBytes the length of the shortest element, at least 1
   * @return the number of elements, for which there are enough bytes left
   * @throws MalformedDataException if the number is not canonical, or that many elements of the
   *     least length exceed what is left
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

  /**
   * Returns what was read from an earlier position on.
   *
   * @param start the earlier position
   * @return a read-only view of the bytes from {@code start} to {@link #position()}
   */
  public MemorySegment since(long start) {
    return in.asSlice(start, position - start);
  }

  /**
   * Checks that all was read.
   *
   * @param what the name of the whole
   * @throws MalformedDataException if bytes are left
   */
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
      int b = in.get(ValueLayout.JAVA_BYTE, advance(what, 1));
      value |= (b & 0x7fL) << (7 * i);
      if (b >= 0) {
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
