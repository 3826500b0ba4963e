package io.redstuff.internal.bcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Writes BCS into memory of the caller, whose length is known beforehand.
 *
 * <p>All methods throw {@link IndexOutOfBoundsException} when the memory is too short. Not
 * thread-safe.
 */
public final class BcsWriter {

  private static final long MAX_U32 = 0xffff_ffffL;
  private static final int MAX_U16 = 0xffff;
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Where to write; null for counting bytes only. */
  private final MemorySegment out;

  private long position;

  /** Makes a writer at the start of a segment, native or heap. */
  public BcsWriter(MemorySegment out) {
    this.out = out;
  }

  /** Makes a writer that only counts bytes. */
  public static BcsWriter measuring() {
    return new BcsWriter((MemorySegment) null);
  }

  /** Makes a writer at the start of an array. */
  public BcsWriter(byte[] out) {
    this(MemorySegment.ofArray(out));
  }

  /**
   * Returns what {@code content} writes, in an array of just that length. It is called twice, first
   * to be measured, and must write the same; {@link ArithmeticException} if that does not fit an
   * array.
   */
  public static byte[] toBytes(Consumer<BcsWriter> content) {
    BcsWriter measure = measuring();
    content.accept(measure);
    byte[] out = new byte[Math.toIntExact(measure.position)];
    content.accept(new BcsWriter(out));
    return out;
  }

  /** Returns in how many bytes a length or a variant is written. */
  public static int uleb128Length(long value) {
    return Math.max(1, Math.ceilDiv(Long.SIZE - Long.numberOfLeadingZeros(value), 7));
  }

  /** Returns how many bytes were written. */
  public long position() {
    return position;
  }

  /** Writes the number of an enum variant, from 0 to 127. */
  public BcsWriter variant(int variant) {
    return count(variant);
  }

  /**
   * Writes the number of elements of a vector or of bytes of a byte string, which must fit 32 bits:
   * {@link IllegalArgumentException} if not.
   */
  public BcsWriter count(long count) {
    if (count < 0 || count > MAX_U32) {
      throw new IllegalArgumentException("length: got " + count + ", expected 0 to " + MAX_U32);
    }
    long rest = count;
    while (rest > 0x7f) {
      put((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return put((int) rest);
  }

  /** Writes an unsigned number of 8 bits; {@link IllegalArgumentException} if it is none. */
  public BcsWriter u8(int value) {
    return put(Unsigned.check8("u8", value));
  }

  /** Writes a truth value, which is also how an option says what follows. */
  public BcsWriter bool(boolean value) {
    return put(value ? 1 : 0);
  }

  /** Writes an unsigned number of 16 bits; {@link IllegalArgumentException} if it is none. */
  public BcsWriter u16(int value) {
    if (value < 0 || value > MAX_U16) {
      throw new IllegalArgumentException("u16: got " + value + ", expected 0 to " + MAX_U16);
    }
    if (out != null) {
      out.set(U16, position, (short) value);
    }
    position += Short.BYTES;
    return this;
  }

  /** Writes an unsigned number of 32 bits; {@link IllegalArgumentException} if it is none. */
  public BcsWriter u32(long value) {
    int bits = (int) Unsigned.check32("u32", value);
    if (out != null) {
      out.set(U32, position, bits);
    }
    position += Integer.BYTES;
    return this;
  }

  /** Writes a number of 64 bits. */
  public BcsWriter u64(long value) {
    if (out != null) {
      out.set(U64, position, value);
    }
    position += Long.BYTES;
    return this;
  }

  /** Writes bytes without a length. */
  public BcsWriter fixed(byte[] bytes) {
    return fixed(MemorySegment.ofArray(bytes));
  }

  /** Writes bytes, which must not overlap the output, without a length. */
  public BcsWriter fixed(MemorySegment bytes) {
    if (out != null) {
      MemorySegment.copy(bytes, 0, out, position, bytes.byteSize());
    }
    position += bytes.byteSize();
    return this;
  }

  /** Writes a byte string: its length, then its bytes, which must not overlap the output. */
  public BcsWriter bytes(MemorySegment bytes) {
    return count(bytes.byteSize()).fixed(bytes);
  }

  /** Writes a string in UTF-8; a surrogate without its partner becomes a question mark. */
  public BcsWriter text(String text) {
    return bytes(MemorySegment.ofArray(text.getBytes(UTF_8)));
  }

  private BcsWriter put(int value) {
    if (out != null) {
      out.set(ValueLayout.JAVA_BYTE, position, (byte) value);
    }
    position++;
    return this;
  }
}
