package io.redstuff.quilt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.codec.Refusals;
import io.redstuff.codec.TestBlobs;
import io.redstuff.error.MalformedDataException;
import java.io.EOFException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers refuse, and that what they do not refuse is what was packed. */
class QuiltStrictnessTest {
  private static final EncodingParameters FOUR = EncodingParameters.forShards(4);

  /** The example of docs/quilts.md: file a, three bytes, tag x = y, four shards. */
  private static byte[] quilt() throws Exception {
    QuiltFile file = QuiltFile.of("a", TestBlobs.bytes(3, 1)).withTags(Map.of("x", "y"));
    try (Quilt quilt = Quilt.pack(FOUR, List.of(file))) {
      return quilt.toBytes();
    }
  }

  private static QuiltFile read(byte[] bytes) throws Exception {
    QuiltBlob blob = QuiltBlob.of(FOUR, QuiltGoldenTest.source(bytes));
    return blob.read(blob.index().patches().getFirst());
  }

  /** Bytes of a column one after another: columns have two symbols of 8 bytes. */
  private static int at(int column, int offset) {
    return offset / 8 * 24 + column * 8 + offset % 8;
  }

  private static String refusal(int column, int offset, int value) throws Exception {
    byte[] bytes = quilt();
    bytes[at(column, offset)] = (byte) value;
    return assertThrows(MalformedDataException.class, () -> read(bytes)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 2, 'at byte 0: quilt index: got version 2, expected 1'",
    "0, 1, 44, 'at byte 1: quilt index: got a length of 44, expected at most 43'",
    "0, 4, 255, 'at byte 1: quilt index: got a length of 4278190090, expected at most 43'",
    "0, 1, 11, 'at byte 10: quilt index: got 1 trailing bytes, expected none'",
    "0, 1, 9, 'at byte 8: value of a tag: got a length of 1, expected at most 0 with 0 bytes left'",
    "0, 6, 1, 'at byte 1: end index of a patch: got 1, expected more than 1, up to 3'",
    "0, 6, 0, 'at byte 1: end index of a patch: got 0, expected more than 1, up to 3'",
    "0, 6, 4, 'at byte 1: end index of a patch: got 4, expected more than 1, up to 3'",
    "0, 9, 255, 'at byte 3: identifier: got bytes that are not UTF-8'",
    "0, 9, 98, 'at byte 6: patch: got \"a\" {x=y}, expected \"b\" {x=y} as the index says'",
    "0, 14, 122, 'at byte 6: patch: got \"a\" {x=y}, expected \"a\" {x=z} as the index says'",
    "1, 0, 0, 'at byte 0: patch: got version 0, expected 1'",
    "1, 1, 27, 'at byte 1: patch: got a length of 27, expected at most 26'",
    "1, 1, 10, 'at byte 1: patch: got a length of 10, expected one that takes all of 2 columns'",
    "1, 6, 13, 'at byte 8: identifier: got 13 bytes, expected at most the 12 that are left of the"
        + " patch'",
    "1, 6, 1, 'at byte 0: identifier: got a length of 1, expected at most 0 with 0 bytes left'",
    "1, 6, 3, 'at byte 2: identifier: got 1 trailing bytes, expected none'",
    "1, 9, 10, 'at byte 8: identifier: got control character U+000A, expected none'",
    "1, 10, 9, 'at byte 12: tags: got 9 bytes, expected at most the 8 that are left of the patch'",
    "1, 10, 6, 'at byte 5: tags: got 1 trailing bytes, expected none'",
  })
  void refuses(int column, int offset, int value, String message) throws Exception {
    assertEquals(message, refusal(column, offset, value));
  }

  /** Other bits of the mask mean nothing, as for the network's own reader. */
  @Test
  void ignoresOtherBitsOfTheMask() throws Exception {
    byte[] bytes = quilt();
    bytes[at(1, 5)] = (byte) 0xff;
    assertArrayEquals(TestBlobs.bytes(3, 1), QuiltGoldenTest.bytes(read(bytes).contents()));
  }

  @Test
  void readsFilesByTheirColumns() throws Exception {
    QuiltBlob blob = QuiltBlob.of(FOUR, QuiltGoldenTest.source(quilt()));
    QuiltFile file = blob.read(1, 3);
    assertEquals("a", file.identifier());
    assertEquals(Map.of("x", "y"), file.tags());
    assertTrue(file.tags().containsKey("x"));
    assertThrows(UnsupportedOperationException.class, () -> file.tags().put("x", "z"));
    assertThrows(MalformedDataException.class, () -> blob.read(1, 2));
    assertThrows(MalformedDataException.class, () -> blob.read(3, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> blob.read(-1, 1));
  }

  @Test
  void refusesBytesOutsideOfAFile() throws Exception {
    QuiltFile file = read(quilt());
    MemorySegment two = MemorySegment.ofArray(new byte[2]);
    assertThrows(EOFException.class, () -> file.contents().read(-1, two));
    assertThrows(EOFException.class, () -> file.contents().read(2, two));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 11, 13, 18, 2 * 393_204})
  void refusesBlobsOfOtherLengths(int length) {
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class,
            () -> QuiltBlob.of(FOUR, QuiltGoldenTest.source(new byte[length])));
    assertEquals(
        "at byte %s: quilt: got %s bytes, expected k1 * k2 = 6 symbols of an even number of bytes, up to 65534"
            .formatted(length, length),
        e.getMessage());
  }

  @Test
  void refusesColumnsThatAreTooShortForAnIndex() throws Exception {
    QuiltBlob blob = QuiltBlob.of(FOUR, QuiltGoldenTest.source(new byte[12]));
    assertEquals(
        "at byte 0: quilt: got columns of 4 bytes, expected at least 5",
        assertThrows(MalformedDataException.class, blob::index).getMessage());
    QuiltPatch patch = new QuiltPatch("a", Map.of(), 1, 2);
    assertEquals(
        "at byte 1: head of a patch: got a length of 6, expected at most 4",
        assertThrows(MalformedDataException.class, () -> blob.read(patch)).getMessage());
    QuiltPatch beyond = new QuiltPatch("a", Map.of(), 3, 4);
    assertEquals(
        "at byte 0: patch: got columns up to 4, expected at most 3",
        assertThrows(MalformedDataException.class, () -> blob.read(beyond)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 0200 0161 02 0162 00 0161 00", // tags fall
        "01 0200 0161 02 0161 00 0161 00", // a tag twice
        "01 0200 0161 02 026161 00 0162 00", // sorted as strings, but not as BCS
        "02 0200 0161 00 0200 0162 00", // no column for the second
        "02 0300 0161 00 0200 0162 00", // indices fall
        "01 0200 8161 00", // more than is there
        "81 00 0200 0161 00", // not the shortest form
        "ff ffff ff0f"
      })
  void refusesIndices(String hex) {
    byte[] bcs = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThrows(
        MalformedDataException.class, () -> QuiltIndex.parse(MemorySegment.ofArray(bcs), 1, 9));
  }

  @Test
  void readsIndicesInTheirOneForm() throws Exception {
    String hex = "02 0300 0161 02 0162 0163 026161 00 0900 05 622074207a 00";
    byte[] bcs = HexFormat.of().parseHex(hex.replace(" ", ""));
    Refusals.Recode recode =
        bytes -> QuiltIndex.parse(MemorySegment.ofArray(bytes), 1, 667).toBcs();
    assertTrue(Refusals.check(bcs, recode) > 50);
  }

  record Packed(String identifier, int length, Map<String, String> tags) {}

  @Provide
  Arbitrary<List<Packed>> files() {
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(6);
    Arbitrary<String> unicode = text.filter(QuiltStrictnessTest::isUnicode);
    Arbitrary<String> name = unicode.filter(id -> Identifiers.fault(id).isEmpty());
    Arbitrary<Map<String, String>> tags = Arbitraries.maps(unicode, unicode).ofMaxSize(3);
    Arbitrary<Integer> length =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0, 40)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 4000)));
    return Combinators.combine(name, length, tags)
        .as(Packed::new)
        .list()
        .uniqueElements(Packed::identifier)
        .ofMaxSize(8);
  }

  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  private static byte[] pack(int shards, List<Packed> packed) throws Exception {
    List<QuiltFile> files = new ArrayList<>();
    for (Packed file : packed) {
      byte[] contents = TestBlobs.bytes(file.length(), file.identifier().hashCode());
      files.add(QuiltFile.of(file.identifier(), contents).withTags(file.tags()));
    }
    try (Quilt quilt = Quilt.pack(EncodingParameters.forShards(shards), files)) {
      return quilt.toBytes();
    }
  }

  private static Map<String, Packed> byName(List<Packed> packed) {
    Map<String, Packed> byName = new LinkedHashMap<>();
    packed.forEach(file -> byName.put(file.identifier(), file));
    return byName;
  }

  /** Files come back as they were, and the quilt is the one of the model. */
  @Property(tries = 200)
  void givesBackWhatWasPacked(
      @ForAll("files") List<Packed> packed, @ForAll @IntRange(min = 13, max = 60) int shards)
      throws Exception {
    byte[] bytes = pack(shards, packed);
    Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (Packed file : packed) {
      tags.put(file.identifier(), file.tags());
      contents.put(file.identifier(), TestBlobs.bytes(file.length(), file.identifier().hashCode()));
    }
    assertArrayEquals(new QuiltModel(shards, tags, contents).blob, bytes);
    QuiltBlob blob =
        QuiltBlob.of(EncodingParameters.forShards(shards), QuiltGoldenTest.source(bytes));
    assertEquals(packed.size(), blob.index().patches().size());
    for (QuiltPatch patch : blob.index().patches()) {
      QuiltFile read = blob.read(patch);
      assertEquals(tags.get(patch.identifier()), read.tags());
      assertArrayEquals(contents.get(patch.identifier()), QuiltGoldenTest.bytes(read.contents()));
    }
  }

  /** A damaged byte of heads or index is refused, or says so in what is read; never a crash. */
  @Property(tries = 200)
  void damageIsRefusedOrLeavesAFile(
      @ForAll("files") List<Packed> packed, @ForAll int place, @ForAll byte value)
      throws Exception {
    byte[] bytes = pack(13, packed);
    bytes[Math.floorMod(place, bytes.length)] = value;
    QuiltBlob blob = QuiltBlob.of(EncodingParameters.forShards(13), QuiltGoldenTest.source(bytes));
    Map<String, Packed> byName = byName(packed);
    try {
      for (QuiltPatch patch : blob.index().patches()) {
        QuiltFile read = blob.read(patch);
        QuiltGoldenTest.bytes(read.contents());
        assertEquals(patch.identifier(), read.identifier());
        Packed file = byName.get(read.identifier());
        assertTrue(
            file == null || Math.abs(file.length() - read.contents().length()) < bytes.length);
      }
    } catch (MalformedDataException e) {
      assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= bytes.length, e.getMessage());
    }
  }
}
