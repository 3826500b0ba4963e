package io.redstuff.internal.bcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.Allocation;
import io.redstuff.error.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcsTest {

  private static BcsReader reader(String hex) {
    return new BcsReader(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** Reads a number that announces elements of no length, to get at numbers of any size. */
  private static long uleb128(byte[] bytes) throws MalformedDataException {
    BcsReader reader = new BcsReader(bytes);
    int value = reader.variant("number", Integer.MAX_VALUE);
    reader.end("number");
    return value;
  }

  private static byte[] written(int length, java.util.function.Consumer<BcsWriter> action) {
    byte[] out = new byte[length];
    BcsWriter writer = new BcsWriter(out);
    action.accept(writer);
    assertEquals(length, writer.position());
    return out;
  }

  /** The definition, with BigInteger-free arithmetic of its own. */
  private static byte[] naiveUleb128(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    do {
      long digit = rest % 128;
      rest /= 128;
      out.write((int) (rest == 0 ? digit : digit + 128));
    } while (rest != 0);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8001",
    "300, ac02",
    "16383, ff7f",
    "16384, 808001",
    "2097151, ffff7f",
    "2097152, 80808001",
    "268435455, ffffff7f",
    "268435456, 8080808001",
    "4294967295, ffffffff0f"
  })
  void lengthsAreUleb128(long value, String hex) {
    byte[] expected = HexFormat.of().parseHex(hex);
    assertEquals(expected.length, BcsWriter.uleb128Length(value));
    assertArrayEquals(expected, written(expected.length, w -> w.count(value)));
  }

  @Property
  void uleb128RoundTrip(@ForAll @LongRange(min = 0, max = 0xffffffffL) long value)
      throws MalformedDataException {
    byte[] naive = naiveUleb128(value);
    assertEquals(naive.length, BcsWriter.uleb128Length(value));
    assertArrayEquals(naive, written(naive.length, w -> w.count(value)));
    if (value < Integer.MAX_VALUE) {
      assertEquals(value, uleb128(naive));
    }
  }

  @Property
  void whateverIsReadIsWrittenTheSame(@ForAll @Size(min = 1, max = 6) byte[] bytes) {
    long value;
    try {
      value = uleb128(bytes);
    } catch (MalformedDataException e) {
      assertTrue(e.byteOffset() <= bytes.length, e.getMessage());
      return;
    }
    assertArrayEquals(bytes, naiveUleb128(value));
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 0, 'x: got 0 in 2 bytes, expected the shortest form'",
    "ff00, 0, 'x: got 127 in 2 bytes, expected the shortest form'",
    "ffffffff00, 0, 'x: got 268435455 in 5 bytes, expected the shortest form'",
    "8080808010, 0, 'x: got 4294967296, expected at most 4294967295'",
    "ffffffff7f, 0, 'x: got 34359738367, expected at most 4294967295'",
    "ffffffff8f00, 0, 'x: got a number of more than 5 bytes'",
    "ffffffffffffffffff01, 0, 'x: got a number of more than 5 bytes'",
    "'', 0, 'x: got 0 bytes, expected 1'",
    "8080, 2, 'x: got 0 bytes, expected 1'",
    "ffffffff07, 0, 'x: got variant 2147483647, expected 0 to 2147483646'",
    "ffffffff0f, 0, 'x: got variant 4294967295, expected 0 to 2147483646'"
  })
  void refusesNumbers(String hex, long offset, String message) {
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class, () -> reader(hex).variant("x", Integer.MAX_VALUE));
    assertEquals("at byte " + offset + ": " + message, e.getMessage());
    assertEquals(offset, e.byteOffset());
  }

  @ParameterizedTest
  @CsvSource({
    "0500000000, 1, 'at byte 0: x: got a length of 5, expected at most 4 with 4 bytes left'",
    "0300000000, 2, 'at byte 0: x: got a length of 3, expected at most 2 with 4 bytes left'",
    "ffffffff0f, 1, 'at byte 0: x: got a length of 4294967295, expected at most 0 with 0 bytes"
        + " left'",
    "ffffffff0f00, 66, 'at byte 0: x: got a length of 4294967295, expected at most 0 with 1 bytes"
        + " left'"
  })
  void refusesCountsBeyondWhatIsLeft(String hex, long least, String message) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> reader(hex).count("x", least));
    assertEquals(message, e.getMessage());
  }

  @Test
  void acceptsCountsUpToWhatIsLeft() throws MalformedDataException {
    assertEquals(4, reader("0400000000").count("x", 1));
    assertEquals(2, reader("0200000000").count("x", 2));
    assertEquals(0, reader("00").count("x", 66));
  }

  @Test
  void fixedWidthNumbersAreLittleEndian() throws MalformedDataException {
    BcsReader reader = reader("3412 ffff 0807060504030201 ffffffffffffff7f");
    assertEquals(0x1234, reader.u16("a"));
    assertEquals(0xffff, reader.u16("b"));
    assertEquals(4, reader.position());
    assertEquals(0x0102030405060708L, reader.u63("c"));
    assertEquals(Long.MAX_VALUE, reader.u63("d"));
    assertEquals(0, reader.remaining());
    reader.end("all");
    byte[] out =
        written(20, w -> w.u16(0x1234).u16(0xffff).u64(0x0102030405060708L).u64(Long.MAX_VALUE));
    assertEquals("3412ffff0807060504030201ffffffffffffff7f", HexFormat.of().formatHex(out));
  }

  @Test
  void refusesFixedWidthNumbers() {
    assertMalformed(0, "x: got 1 bytes, expected 2", () -> reader("00").u16("x"));
    assertMalformed(0, "x: got 7 bytes, expected 8", () -> reader("00000000000000").u63("x"));
    assertMalformed(
        0,
        "x: got 9223372036854775808, expected at most 9223372036854775807",
        () -> reader("0000000000000080").u63("x"));
    assertMalformed(
        0,
        "x: got 18446744073709551615, expected at most 9223372036854775807",
        () -> reader("ffffffffffffffff").u63("x"));
    assertMalformed(0, "x: got 1 bytes, expected 32", () -> reader("00").fixed("x", 32));
    assertMalformed(
        0,
        "x: got 1 bytes, expected 9223372036854775807",
        () -> reader("00").fixed("x", Long.MAX_VALUE));
    assertMalformed(0, "x: got 2 trailing bytes, expected none", () -> reader("0000").end("x"));
  }

  @Test
  void unsignedNumbersOfAllWidths() throws MalformedDataException {
    BcsReader reader = reader("ff fe 01 00 ffffffff 78563412 ffffffffffffffff 0a0b");
    assertEquals(0xff, reader.peek("a"));
    assertEquals(0xff, reader.u8("a"));
    assertEquals(0xfe, reader.u8("b"));
    assertTrue(reader.bool("c"));
    assertFalse(reader.bool("d"));
    assertEquals(0xffff_ffffL, reader.u32("e"));
    assertEquals(0x12345678L, reader.u32("f"));
    assertEquals(-1, reader.u64("g"));
    assertArrayEquals(new byte[] {10, 11}, reader.array("h", 2));
    reader.end("all");
    byte[] out =
        written(
            20,
            w ->
                w.u8(0xff)
                    .u8(0xfe)
                    .bool(true)
                    .bool(false)
                    .u32(0xffff_ffffL)
                    .u32(0x12345678)
                    .u64(-1));
    assertEquals("fffe0100ffffffff78563412ffffffffffffffff", HexFormat.of().formatHex(out));
    assertMalformed(0, "x: got 2, expected 0 or 1", () -> reader("02").bool("x"));
    assertMalformed(0, "x: got 3 bytes, expected 4", () -> reader("000000").u32("x"));
    assertMalformed(0, "x: got 0 bytes, expected 1", () -> reader("").u8("x"));
    assertThrows(IllegalArgumentException.class, () -> new BcsWriter(new byte[1]).u8(256));
    assertThrows(IllegalArgumentException.class, () -> new BcsWriter(new byte[1]).u8(-1));
    assertThrows(IllegalArgumentException.class, () -> new BcsWriter(new byte[4]).u32(-1));
    assertThrows(
        IllegalArgumentException.class, () -> new BcsWriter(new byte[4]).u32(0x100000000L));
    assertThrows(IndexOutOfBoundsException.class, () -> new BcsWriter(new byte[3]).u32(0));
    assertThrows(IndexOutOfBoundsException.class, () -> new BcsWriter(new byte[0]).bool(true));
  }

  @Test
  void encodingsInsideOfOthers() throws MalformedDataException {
    BcsReader reader = reader("01 02 3412 05");
    assertEquals(1, reader.u8("before"));
    assertEquals(0x1234, (int) reader.nested("x", in -> in.u16("inner")));
    assertEquals(5, reader.u8("after"));
    reader.end("all");
    assertMalformed(
        2,
        "x: got 1 trailing bytes, expected none",
        () -> reader("02 05 06").nested("x", in -> in.u8("inner")));
    assertMalformed(
        1,
        "inner: got 1 bytes, expected 2",
        () -> reader("01 05 06").nested("x", in -> in.u16("inner")));
    assertMalformed(
        0,
        "x: got a length of 3, expected at most 2 with 2 bytes left",
        () -> reader("03 05 06").nested("x", in -> in.u16("inner")));
  }

  private static void assertMalformed(long offset, String message, Executable read) {
    MalformedDataException e = assertThrows(MalformedDataException.class, read);
    assertEquals("at byte " + offset + ": " + message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x100000000L, Long.MAX_VALUE, Long.MIN_VALUE})
  void writerRefusesLengths(long value) {
    assertThrows(IllegalArgumentException.class, () -> new BcsWriter(new byte[16]).count(value));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0x10000, Integer.MAX_VALUE})
  void writerRefusesShorts(int value) {
    assertThrows(IllegalArgumentException.class, () -> new BcsWriter(new byte[16]).u16(value));
  }

  @Test
  void writerStaysWithinItsMemory() {
    assertThrows(IndexOutOfBoundsException.class, () -> new BcsWriter(new byte[7]).u64(0));
    assertThrows(IndexOutOfBoundsException.class, () -> new BcsWriter(new byte[1]).u16(0));
    assertThrows(IndexOutOfBoundsException.class, () -> new BcsWriter(new byte[1]).count(128));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new BcsWriter(new byte[1]).fixed(new byte[2]));
  }

  @Property
  void byteStrings(@ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(max = 5) int extra)
      throws MalformedDataException {
    MemorySegment segment = MemorySegment.ofArray(bytes);
    int length = BcsWriter.uleb128Length(bytes.length) + bytes.length;
    byte[] encoded = written(length, w -> w.bytes(segment));
    BcsReader reader = new BcsReader(Arrays.copyOf(encoded, length + extra));
    MemorySegment read = reader.bytes("x");
    assertArrayEquals(bytes, read.toArray(ValueLayout.JAVA_BYTE));
    assertTrue(read.isReadOnly());
    assertEquals(length, reader.position());
    assertEquals(extra, reader.remaining());
    assertArrayEquals(encoded, reader.since(0).toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void aLengthOfFourGibibytesInFiveBytesAllocatesNothing() throws Throwable {
    byte[] bytes = HexFormat.of().parseHex("ffffffff0f");
    for (Executable read :
        new Executable[] {
          () -> new BcsReader(bytes).bytes("x"), () -> new BcsReader(bytes).count("x", 2)
        }) {
      long allocated = Allocation.bytes(() -> assertThrows(MalformedDataException.class, read));
      assertTrue(allocated < 16_384, "allocated " + allocated);
    }
  }
}
