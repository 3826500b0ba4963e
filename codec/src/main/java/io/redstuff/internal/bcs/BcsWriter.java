package io.redstuff.internal.bcs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Writes BCS into memory of the caller, whose length is computed beforehand: every type written
 * here knows the length of its encoding.
 *
 * <p>All methods throw {@link IndexOutOfBoundsException} when the memory is too short. Not
 * thread-safe.
 */
public final class BcsWriter {

  private static final long MAX_U32 = 0xffff_ffffL;
  private static final int MAX_U16 = 0xffff;
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment out;
  private long position;

  /**
   * Creates a writer at the start of a segment.
   *
   * @param out where to write, native or heap
   */
  public BcsWriter(MemorySegment out) {
    this.out = out;
  }

  /**
   * Creates a writer at the start of an array.
   *
   * @param out where to write
   */
  public BcsWriter(byte[] out) {
    this(MemorySegment.ofArray(out));
  }

  /**
   * Returns the length of a number that counts or chooses.
   *
   * @param value a length or a variant, not negative
   * @return the number of bytes it is written in
   */
  public static int uleb128Length(long value) {
    return Math.max(1, Math.ceilDiv(Long.SIZE - Long.numberOfLeadingZeros(value), 7));
  }

  /**
   * Returns how much was written.
   *
   * @return the number of bytes
   */
  public long position() {
    return position;
  }

  /**
   * Writes the number of an enum variant.
   *
   * @param variant the variant, from 0 to 127
   * @return this
   */
  public BcsWriter variant(int variant) {
    return count(variant);
  }

  /**
   * Writes the number of elements of a vector or of bytes of a byte string.
   *
   * @param count the number, which must fit 32 bits
   * @return this
   * @throws IllegalArgumentException if it does not
   */
  public BcsWriter count(long count) {
    if (count < 0 || count > MAX_U32) {
      throw new IllegalArgumentException("length: got " + count + ", expected 0 to " + MAX_U32);
    }
    long rest = count;
    while (rest > 0x7f) {
      u8((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return u8((int) rest);
  }

  /**
   * Writes an unsigned number of 16 bits.
   *
   * @param value the number, from 0 to 65535
   * @return this
   * @throws IllegalArgumentException if it does not fit
   */
  public BcsWriter u16(int value) {
    if (value < 0 || value > MAX_U16) {
      throw new IllegalArgumentException("u16: got " + value + ", expected 0 to " + MAX_U16);
    }
    out.set(U16, position, (short) value);
    position += Short.BYTES;
    return this;
  }

  /**
   * Writes an unsigned number of 64 bits.
   *
   * @param value the bits
   * @return this
   */
  public BcsWriter u64(long value) {
    out.set(U64, position, value);
    position += Long.BYTES;
    return this;
  }

  /**
   * Writes bytes without a length.
   *
   * @param bytes the bytes
   * @return this
   */
  public BcsWriter fixed(byte[] bytes) {
    return fixed(MemorySegment.ofArray(bytes));
  }

  /**
   * Writes bytes without a length.
   *
   * @param bytes the bytes, which must not overlap the output
   * @return this
   */
  public BcsWriter fixed(MemorySegment bytes) {
    MemorySegment.copy(bytes, 0, out, position, bytes.byteSize());
    position += bytes.byteSize();
    return this;
  }

  /**
   * Writes a byte string: its length, then its bytes.
   *
   * @param bytes the bytes, which must not overlap the output
   * @return this
   */
  public BcsWriter bytes(MemorySegment bytes) {
    return count(bytes.byteSize()).fixed(bytes);
  }

  private BcsWriter u8(int value) {
    out.set(ValueLayout.JAVA_BYTE, position, (byte) value);
    position++;
    return this;
  }
}
