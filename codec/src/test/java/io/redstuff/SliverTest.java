package io.redstuff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.Allocation;
import io.redstuff.codec.Refusals;
import io.redstuff.codec.SmallVectors;
import io.redstuff.error.MalformedDataException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliverTest {

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static Sliver sliver(SliverId id, int symbolSize, int symbols) {
    byte[] bytes = new byte[symbolSize * symbols];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + 7);
    }
    return Sliver.copyOf(id, symbolSize, bytes);
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.codec.SmallVectors#all")
  void officialSlivers(SmallVectors.Encoding v) throws MalformedDataException {
    for (int pair = 0; pair < v.n(); pair++) {
      SliverPairIndex index = SliverPairIndex.of(pair);
      Sliver primary = Sliver.parseCopy(Axis.PRIMARY, v.primaries().get(pair));
      Sliver secondary = Sliver.parseCopy(Axis.SECONDARY, v.secondaries().get(pair));
      assertEquals(index.primary(), primary.id());
      assertEquals(index.secondary(v.parameters()), secondary.id());
      for (Sliver sliver : new Sliver[] {primary, secondary}) {
        Axis axis = sliver.id().axis();
        assertEquals(v.symbolSize(), sliver.symbolSize());
        assertEquals(v.parameters().symbolsPerSliver(axis), sliver.symbolCount());
        assertEquals(
            v.parameters().sliverLength(axis, v.symbolSize()), sliver.segment().byteSize());
        assertEquals(sliver, Sliver.parseTaggedCopy(sliver.toTaggedBcs()));
        assertEquals(sliver, Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes()));
      }
      assertArrayEquals(v.primaries().get(pair), primary.toBcs());
      assertArrayEquals(v.secondaries().get(pair), secondary.toBcs());
      SliverPair both = new SliverPair(index, primary, secondary);
      assertEquals(primary, both.primary());
      assertEquals(secondary, both.secondary());
    }
    // The first primary slivers are the blob itself.
    byte[] blob = new byte[Math.toIntExact(v.parameters().paddedLength(v.length()))];
    int at = 0;
    for (int row = 0; row < v.parameters().primarySourceSymbols(); row++) {
      byte[] bytes = Sliver.parseCopy(Axis.PRIMARY, v.primaries().get(row)).toBytes();
      System.arraycopy(bytes, 0, blob, at, bytes.length);
      at += bytes.length;
    }
    assertArrayEquals(v.blob(), Arrays.copyOf(blob, v.length()));
  }

  @Test
  void layout() {
    byte[] symbols = {1, 2, 3, 4, 5, 6, 7, 8};
    Sliver sliver = Sliver.copyOf(SliverId.secondary(0x1234), 4, symbols);
    assertArrayEquals(hex("08" + "0102030405060708" + "0400" + "3412"), sliver.toBcs());
    assertArrayEquals(
        hex("01" + "08" + "0102030405060708" + "0400" + "3412"), sliver.toTaggedBcs());
    assertEquals(2, sliver.symbolCount());
    assertEquals("secondary 4660 (2 symbols of 4 bytes)", sliver.toString());
    Sliver primary = Sliver.copyOf(SliverId.primary(0), 2, symbols);
    assertArrayEquals(
        hex("00" + "08" + "0102030405060708" + "0200" + "0000"), primary.toTaggedBcs());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 100, 8191, 8192, 8193})
  void damagedSliverData(int symbols) throws MalformedDataException {
    if (symbols > 100) {
      // Long ones for the longer length prefixes; flipping each of their bits would take too long.
      byte[] bcs = sliver(SliverId.primary(1), 2, symbols).toBcs();
      assertArrayEquals(bcs, Sliver.parseCopy(Axis.PRIMARY, bcs).toBcs());
      byte[] shorter = Arrays.copyOf(bcs, bcs.length - 1);
      assertThrows(MalformedDataException.class, () -> Sliver.parseCopy(Axis.PRIMARY, shorter));
      return;
    }
    Sliver sliver = sliver(SliverId.secondary(9), 2, symbols);
    Refusals.check(sliver.toBcs(), bytes -> Sliver.parseCopy(Axis.SECONDARY, bytes).toBcs());
    int refused =
        Refusals.check(sliver.toTaggedBcs(), bytes -> Sliver.parseTaggedCopy(bytes).toTaggedBcs());
    // The tag but for its lowest bit, the length, and most symbol sizes that do not divide it.
    assertTrue(refused >= 7 + 8 + 13, "refused " + refused);
  }

  @ParameterizedTest
  @CsvSource({
    // symbol size zero, odd, oversize
    "0401020304 0000 0000, 5, 'symbol size: got 0, expected an even number from 2 to 65534'",
    "03010203 0300 0000, 4, 'symbol size: got 3, expected an even number from 2 to 65534'",
    "0401020304 ffff 0000, 5, 'symbol size: got 65535, expected an even number from 2 to 65534'",
    // symbols not a positive multiple of the symbol size
    "0401020304 0600 0000, 0, 'sliver symbols: got 4 bytes, expected 1 to 49155 times the symbol'",
    "06010203040506 0400 0000, 0, 'sliver symbols: got 6 bytes, expected 1 to 49155 times'",
    "00 0200 0000, 0, 'sliver symbols: got 0 bytes, expected 1 to 49155 times the symbol size 2'",
    // lengths
    "840001020304 0200 0000, 0, 'sliver symbols length: got 4 in 2 bytes, expected the shortest'",
    "80, 1, 'sliver symbols length: got 0 bytes, expected 1'",
    "ffffffff0f, 0, 'sliver symbols: got a length of 4294967295, expected at most 0 with 0 bytes'",
    "ffffffff1f, 0, 'sliver symbols length: got 8589934591, expected at most 4294967295'",
    "808080808001, 0, 'sliver symbols length: got a number of more than 5 bytes'",
    "0501020304 0200, 6, 'symbol size: got 1 bytes, expected 2'",
    // the end
    "'', 0, 'sliver symbols length: got 0 bytes, expected 1'",
    "0401020304 0200 00, 7, 'sliver index: got 1 bytes, expected 2'",
    "0401020304 0200 0000 00, 9, 'sliver: got 1 trailing bytes, expected none'"
  })
  void refusesSliverData(String text, long offset, String message) {
    byte[] bytes = hex(text.replace(" ", ""));
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> Sliver.parseCopy(Axis.PRIMARY, bytes));
    assertTrue(e.getMessage().startsWith("at byte " + offset + ": " + message), e.getMessage());
    assertEquals(offset, e.byteOffset());
  }

  @ParameterizedTest
  @CsvSource({
    "02, 0, 'sliver axis: got variant 2, expected 0 to 1'",
    "8000, 0, 'sliver axis: got 0 in 2 bytes, expected the shortest form'",
    "8100, 0, 'sliver axis: got 1 in 2 bytes, expected the shortest form'",
    "ff, 1, 'sliver axis: got 0 bytes, expected 1'",
    "'', 0, 'sliver axis: got 0 bytes, expected 1'"
  })
  void refusesTags(String text, long offset, String message) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> Sliver.parseTaggedCopy(hex(text)));
    assertEquals("at byte " + offset + ": " + message, e.getMessage());
  }

  @Test
  void aLengthOfFourGibibytesInFiveBytesAllocatesNothing() throws Throwable {
    byte[] bytes = hex("ffffffff0f");
    long allocated =
        Allocation.bytes(
            () ->
                assertThrows(
                    MalformedDataException.class, () -> Sliver.parseCopy(Axis.PRIMARY, bytes)));
    assertTrue(allocated < 16_384, "allocated " + allocated);
  }

  @Test
  void refusesMoreSymbolsThanAnyCodeHas() {
    int length = 2 * 49156;
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Sliver.copyOf(SliverId.primary(0), 2, new byte[length]));
    assertEquals(
        "sliver symbols: got 98312 bytes, expected 1 to 49155 times the symbol size 2",
        e.getMessage());
    assertEquals(49155, Sliver.copyOf(SliverId.primary(0), 2, new byte[length - 2]).symbolCount());
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "-2, 4", "3, 6", "65536, 65536", "2, 0", "4, 6", "4, 2"})
  void refusesSizes(int symbolSize, int length) {
    assertThrows(
        IllegalArgumentException.class,
        () -> Sliver.copyOf(SliverId.primary(0), symbolSize, new byte[length]));
  }

  @Property
  void roundTrip(
      @ForAll Axis axis,
      @ForAll @IntRange(max = 65535) int index,
      @ForAll @IntRange(min = 1, max = 50) int halfSize,
      @ForAll @IntRange(min = 1, max = 50) int symbols)
      throws MalformedDataException {
    Sliver sliver = sliver(new SliverId(axis, index), 2 * halfSize, symbols);
    assertEquals(sliver.bcsLength(), sliver.toBcs().length);
    byte[] header = Sliver.bcsHeader(sliver.segment().byteSize());
    byte[] trailer = Sliver.bcsTrailer(sliver.id(), sliver.symbolSize());
    byte[] framed = Arrays.copyOf(header, sliver.toBcs().length);
    System.arraycopy(sliver.toBytes(), 0, framed, header.length, sliver.toBytes().length);
    System.arraycopy(trailer, 0, framed, framed.length - trailer.length, trailer.length);
    assertArrayEquals(sliver.toBcs(), framed);
    assertEquals(sliver, Sliver.parseCopy(axis, sliver.toBcs()));
    assertEquals(sliver, Sliver.parseTaggedCopy(sliver.toTaggedBcs()));
    assertArrayEquals(
        sliver.toBcs(), Arrays.copyOfRange(sliver.toTaggedBcs(), 1, 1 + sliver.toBcs().length));
  }

  @Test
  void viewsSegmentsAndCopiesArrays() throws MalformedDataException {
    byte[] symbols = {1, 2, 3, 4};
    Sliver copied = Sliver.copyOf(SliverId.primary(0), 2, symbols);
    byte[] bcs = copied.toBcs();
    Sliver parsed = Sliver.parseCopy(Axis.PRIMARY, bcs);
    byte[] tagged = copied.toTaggedBcs();
    Sliver parsedTagged = Sliver.parseTaggedCopy(tagged);
    symbols[0] = 9;
    bcs[1] = 9;
    tagged[2] = 9;
    copied.toBytes()[0] = 9;
    for (Sliver sliver : new Sliver[] {copied, parsed, parsedTagged}) {
      assertArrayEquals(new byte[] {1, 2, 3, 4}, sliver.toBytes());
      assertTrue(sliver.segment().isReadOnly());
      assertTrue(sliver.segment().heapBase().isEmpty(), "the array could be written to");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(20);
      long written = copied.writeBcs(memory, 3);
      assertEquals(copied.bcsLength(), written);
      MemorySegment part = memory.asSlice(3, written);
      Sliver view = Sliver.parseView(Axis.PRIMARY, part);
      assertEquals(copied, view);
      assertTrue(view.segment().isNative());
      assertTrue(view.segment().isReadOnly());
      part.set(ValueLayout.JAVA_BYTE, 1, (byte) 7);
      assertEquals(7, view.toBytes()[0]);
      assertThrows(IndexOutOfBoundsException.class, () -> copied.writeBcs(memory, 12));
      assertThrows(IndexOutOfBoundsException.class, () -> copied.writeBcs(memory, -1));
    }
  }

  @Test
  void equality() {
    Sliver sliver = sliver(SliverId.primary(1), 4, 3);
    assertEquals(sliver, sliver(SliverId.primary(1), 4, 3));
    assertEquals(sliver.hashCode(), sliver(SliverId.primary(1), 4, 3).hashCode());
    assertNotEquals(sliver, sliver(SliverId.primary(2), 4, 3));
    assertNotEquals(sliver, sliver(SliverId.secondary(1), 4, 3));
    assertNotEquals(sliver, sliver(SliverId.primary(1), 2, 6));
    assertNotEquals(sliver, sliver(SliverId.primary(1), 4, 4));
    byte[] changed = sliver.toBytes();
    changed[11] ^= 1;
    assertNotEquals(sliver, Sliver.copyOf(SliverId.primary(1), 4, changed));
    assertFalse(sliver.equals((Object) "primary 1"));
  }

  @Test
  void refusesPairs() {
    SliverPairIndex one = SliverPairIndex.of(1);
    Sliver primary = sliver(SliverId.primary(1), 2, 3);
    Sliver secondary = sliver(SliverId.secondary(2), 2, 2);
    assertEquals(new SliverPair(one, primary, secondary), new SliverPair(one, primary, secondary));
    assertEquals(
        "primary sliver of pair 0: got primary 1, expected primary 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new SliverPair(SliverPairIndex.of(0), primary, secondary))
            .getMessage());
    assertEquals(
        "secondary sliver of pair 1: got primary 1",
        assertThrows(IllegalArgumentException.class, () -> new SliverPair(one, primary, primary))
            .getMessage());
    Sliver wider = sliver(SliverId.secondary(2), 4, 2);
    assertEquals(
        "symbol size of secondary sliver of pair 1: got 4, expected 2",
        assertThrows(IllegalArgumentException.class, () -> new SliverPair(one, primary, wider))
            .getMessage());
  }

  @Test
  void aFrameOfNoLengthIsAMistake() {
    assertThrows(IllegalArgumentException.class, () -> Sliver.bcsHeader(-1));
    assertThrows(IllegalArgumentException.class, () -> Sliver.bcsHeader(1L << 32));
    assertThrows(
        IllegalArgumentException.class, () -> Sliver.bcsTrailer(SliverId.primary(1), 1 << 16));
  }
}
