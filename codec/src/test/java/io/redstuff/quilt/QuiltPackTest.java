package io.redstuff.quilt;

import static io.redstuff.quilt.QuiltGoldenTest.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.TestBlobs;
import io.redstuff.error.MalformedDataException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuiltPackTest {
  private static final EncodingParameters TEN = EncodingParameters.forShards(10);

  @TempDir private Path directory;

  private static byte[] pack(QuiltFile... files) throws IOException {
    try (Quilt quilt = Quilt.pack(TEN, List.of(files))) {
      return quilt.toBytes();
    }
  }

  private static QuiltFile empty(String identifier) {
    return QuiltFile.of(identifier, new byte[0]);
  }

  private static IllegalArgumentException refusal(QuiltFile... files) {
    return assertThrows(IllegalArgumentException.class, () -> pack(files));
  }

  /** A source of any length that is never read. */
  private static BlobSource unread(long length) {
    return new BlobSource() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public void read(long offset, MemorySegment target) {
        throw new AssertionError("read");
      }
    };
  }

  @Test
  void takesContentsFromWhereverTheyAre() throws Exception {
    byte[] contents = TestBlobs.bytes(70_000, 7);
    byte[] expected = pack(QuiltFile.of("a", contents));
    Path path = directory.resolve("a");
    Files.write(path, contents);
    Workspace spilling = Workspace.ofMemory(1).spillingTo(directory);
    ByteBuffer buffer = ByteBuffer.allocateDirect(contents.length).put(contents).flip();
    assertArrayEquals(expected, pack(QuiltFile.of("a", MemorySegment.ofBuffer(buffer))));
    assertArrayEquals(expected, pack(QuiltFile.of("a", path)));
    InputStream stream = new ByteArrayInputStream(contents);
    assertArrayEquals(expected, pack(QuiltFile.of("a", stream, contents.length)));
    List<QuiltFile> streams =
        List.of(QuiltFile.of("a", new ByteArrayInputStream(contents), contents.length));
    try (Quilt quilt = Quilt.pack(TEN, streams, spilling)) {
      assertArrayEquals(expected, quilt.toBytes());
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(path), left.toList());
    }
    assertArrayEquals(contents, bytes(QuiltFile.of("a", path).contents()));
  }

  @Test
  void readsAStreamToItsEndAndNoFurther() {
    byte[] contents = new byte[300_000];
    for (int length : new int[] {contents.length - 1, contents.length + 1}) {
      QuiltFile file = QuiltFile.of("a", new ByteArrayInputStream(contents), length);
      assertThrows(IOException.class, () -> pack(file));
    }
    QuiltFile file = QuiltFile.of("a", new ByteArrayInputStream(contents), contents.length);
    Workspace small = Workspace.ofMemory(contents.length - 1);
    assertThrows(
        IllegalArgumentException.class, () -> Quilt.pack(TEN, List.of(file), small).close());
  }

  @Test
  void noticesThatAFileIsAnother() throws Exception {
    Path path = directory.resolve("a");
    Files.write(path, new byte[100]);
    QuiltFile file = QuiltFile.of("a", path);
    Files.write(path, new byte[101]);
    assertEquals(
        path + ": got 101 bytes, expected 100 as before",
        assertThrows(IOException.class, () -> pack(file)).getMessage());
  }

  @Test
  void opensMoreFilesThanAProcessMayHaveOpenAtATime() throws Exception {
    List<QuiltFile> files = new ArrayList<>();
    List<QuiltFile> inMemory = new ArrayList<>();
    for (int i = 0; i < OpenFiles.MOST + 9; i++) {
      byte[] contents = TestBlobs.bytes(i, i);
      Path path = directory.resolve("f" + i);
      Files.write(path, contents);
      files.add(QuiltFile.of("f" + i, path));
      inMemory.add(QuiltFile.of("f" + i, contents));
    }
    EncodingParameters parameters = EncodingParameters.forShards(500);
    try (Quilt quilt = Quilt.pack(parameters, files);
        Quilt same = Quilt.pack(parameters, inMemory)) {
      assertArrayEquals(same.toBytes(), quilt.toBytes());
      assertArrayEquals(same.toBytes(), quilt.toBytes());
    }
  }

  /** Pieces of any length from any place are the bytes that are there. */
  @ParameterizedTest
  @ValueSource(longs = {1, 20_000, 40_000, 1_000_000})
  void readsAnyPiece(long tileBytes) throws Exception {
    EncodingParameters parameters = EncodingParameters.forShards(40);
    List<QuiltFile> files =
        List.of(
            QuiltFile.of("a", TestBlobs.bytes(200_000, 1)),
            QuiltFile.of("b", TestBlobs.bytes(100, 2)));
    Workspace workspace = Workspace.ofMemory(1);
    try (Quilt quilt = Quilt.pack(parameters, files, workspace, tileBytes);
        Quilt other = Quilt.pack(parameters, files);
        Arena arena = Arena.ofConfined()) {
      byte[] whole = other.toBytes();
      long row = quilt.length() / parameters.primarySourceSymbols();
      long[] lengths = {0, 1, 2L * quilt.symbolSize(), row, row + 1, 3 * row, quilt.length()};
      for (long bytes : lengths) {
        for (long at : new long[] {0, 1, row - 1, row, 5 * row + 3, quilt.length() - bytes}) {
          if (at <= quilt.length() - bytes) {
            MemorySegment piece = arena.allocate(bytes);
            quilt.read(at, piece);
            assertEquals(
                -1,
                MemorySegment.ofArray(whole).asSlice(at, bytes).mismatch(piece),
                () -> bytes + " bytes at " + at);
          }
        }
      }
    }
  }

  @Test
  void refusesToReadBeyondItsEnd() throws Exception {
    try (Quilt quilt = Quilt.pack(TEN, List.of(empty("a")));
        Arena arena = Arena.ofConfined()) {
      MemorySegment two = arena.allocate(2);
      assertThrows(EOFException.class, () -> quilt.read(-1, two));
      assertThrows(EOFException.class, () -> quilt.read(quilt.length() - 1, two));
    }
  }

  @Test
  void packsNothing() throws Exception {
    byte[] quilt = pack();
    assertEquals(
        new QuiltIndex(List.of()), QuiltBlob.of(TEN, QuiltGoldenTest.source(quilt)).index());
    assertArrayEquals(new QuiltModel(10, Map.of(), Map.of()).blob, quilt);
  }

  @Test
  void closesTwice() throws Exception {
    Quilt quilt = Quilt.pack(TEN, List.of());
    quilt.close();
    quilt.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a ", "a\u00a0", "a\u3000", "\u0000", "a\nb", "a\u0085", "\u007f", "\ud800"})
  void refusesIdentifiersOfNoFile(String identifier) {
    assertTrue(refusal(empty(identifier)).getMessage().matches("(?s)(identifier|text): got .*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" a", "_a", "-", ".", "a b", "../a", "\ud83d\ude00", "e\u0301", "\u200b"})
  void takesIdentifiersOfAnyOtherKind(String identifier) throws Exception {
    QuiltIndex index = QuiltBlob.of(TEN, QuiltGoldenTest.source(pack(empty(identifier)))).index();
    assertEquals(identifier, index.patches().getFirst().identifier());
  }

  @Test
  void refusesTheSameIdentifierTwice() {
    assertEquals(
        "identifier: got \"a\" twice, expected different ones",
        refusal(empty("a"), empty("b"), empty("a")).getMessage());
  }

  @Test
  void limitsIdentifiersTagsAndContents() throws Exception {
    EncodingParameters hundred = EncodingParameters.forShards(100);
    String longest = "i".repeat(65_531);
    try (Quilt quilt = Quilt.pack(hundred, List.of(empty(longest)))) {
      QuiltBlob blob = QuiltBlob.of(hundred, QuiltGoldenTest.source(quilt.toBytes()));
      assertEquals(longest, blob.read(blob.index().patches().getFirst()).identifier());
    }
    assertEquals(
        "identifier: got 65532 bytes, expected at most 65531",
        refusal(empty(longest + "i")).getMessage());

    // count, key of one byte with its length, length of the value
    String value = "v".repeat(0xffff - 1 - 2 - 3);
    Quilt.pack(hundred, List.of(empty("a").withTags(Map.of("k", value)))).close();
    assertEquals(
        "a: got tags of 65536 bytes, expected at most 65535",
        refusal(empty("a").withTags(Map.of("k", value + "v"))).getMessage());
    assertThrows(IllegalArgumentException.class, () -> empty("a").withTags(Map.of("\udc00", "v")));
    refusal(empty("a").withTags(Map.of("k", "\udc00")));

    EncodingParameters thousand = EncodingParameters.forShards(1000);
    long most = 0xffff_ffffL - 4;
    QuiltFile large = new QuiltFile("a", Map.of(), unread(most));
    try (Quilt quilt = Quilt.pack(thousand, List.of(large))) {
      assertTrue(quilt.length() > most);
    }
    QuiltFile larger = new QuiltFile("a", Map.of(), unread(most + 1));
    assertEquals(
        "a: got 4294967296 bytes with identifier and tags, expected at most 4294967295",
        refusal(larger).getMessage());
  }

  @Test
  void refusesMoreThanAQuiltHolds() {
    QuiltFile large = new QuiltFile("a", Map.of(), unread(TEN.maxBlobLength()));
    assertTrue(refusal(large).getMessage().startsWith("quilt: got 1834962 bytes in 1 files"));
    List<QuiltFile> many =
        Stream.of("a", "b", "c", "d", "e", "f", "g").map(QuiltPackTest::empty).toList();
    assertEquals(
        "quilt: got 7 files, expected at most 6",
        refusal(many.toArray(QuiltFile[]::new)).getMessage());
  }

  /** A file of several GiB takes no more memory than a small one. */
  @Test
  void packsLargeFilesInLittleMemory() throws Exception {
    EncodingParameters thousand = EncodingParameters.forShards(1000);
    BlobSource zeros =
        new BlobSource() {
          @Override
          public long length() {
            return 4_000_000_000L;
          }

          @Override
          public void read(long offset, MemorySegment target) {
            assertTrue(target.byteSize() <= 65534, "a symbol at a time");
            target.fill((byte) 0);
          }
        };
    List<QuiltFile> files =
        List.of(new QuiltFile("a", Map.of(), zeros), QuiltFile.of("b", new byte[] {1}));
    try (Quilt quilt = Quilt.pack(thousand, files);
        Arena arena = Arena.ofConfined()) {
      MemorySegment row = arena.allocate(667L * quilt.symbolSize());
      quilt.read(333 * row.byteSize(), row);
      assertTrue(2 * row.byteSize() > 4 << 20);
    }
  }

  /** A quilt is encoded as any blob is, also when memory is too short for it. */
  @ParameterizedTest
  @MethodSource("budgets")
  void isEncodedWithinABudget(long budget) throws Exception {
    RedStuff codec = RedStuff.forShards(10);
    List<QuiltFile> files = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Path path = directory.resolve("f" + i);
      Files.write(path, TestBlobs.bytes(200_000 + i, i));
      files.add(QuiltFile.of("f" + i, path));
    }
    try (Quilt quilt = Quilt.pack(TEN, files)) {
      VerifiedMetadata expected = codec.metadata(quilt.toBytes());
      StoredEncoding stored =
          StoredEncoding.create(
              new MemoryStore(), codec, quilt, Workspace.ofMemory(budget), WorkMonitor.NONE);
      assertEquals(expected.blobId(), stored.metadata().blobId());
    }
  }

  static long[] budgets() {
    return new long[] {12L << 20, 1L << 30};
  }

  @Test
  void idsAreStrict() throws Exception {
    BlobId quilt = BlobId.of(TestBlobs.bytes(32, 1));
    QuiltPatchId id = new QuiltPatchId(quilt, 1, 0xffff);
    assertEquals(50, id.toString().length());
    assertEquals(id, QuiltPatchId.parse(id.toString()));
    for (int[] range : new int[][] {{0, 1}, {1, 1}, {2, 1}, {1, 0x10000}}) {
      assertThrows(
          IllegalArgumentException.class, () -> new QuiltPatchId(quilt, range[0], range[1]));
    }
    byte[] bytes = id.toBytes();
    for (int length : new int[] {0, 32, 36, 38}) {
      byte[] other = Arrays.copyOf(bytes, length);
      assertThrows(MalformedDataException.class, () -> QuiltPatchId.parse(other));
    }
    bytes[32] = 2;
    MalformedDataException version =
        assertThrows(MalformedDataException.class, () -> QuiltPatchId.parse(bytes));
    assertEquals("at byte 32: patch id: got version 2, expected 1", version.getMessage());
    bytes[32] = 1;
    for (int start : new int[] {0, 9, 10}) {
      byte[] other = bytes.clone();
      other[33] = (byte) start;
      other[34] = 0;
      other[35] = 9;
      other[36] = 0;
      assertThrows(MalformedDataException.class, () -> QuiltPatchId.parse(other));
    }
    String text = id.toString();
    for (String wrong : List.of("", quilt.toString(), text + "A", "+" + text.substring(1))) {
      assertThrows(MalformedDataException.class, () -> QuiltPatchId.parse(wrong));
    }
    String surplus = text.substring(0, 49) + (char) (text.charAt(49) + 1);
    assertThrows(MalformedDataException.class, () -> QuiltPatchId.parse(surplus));
    assertNotEquals(id, new QuiltPatchId(quilt, 2, 0xffff));
  }

  @Test
  void finds() {
    QuiltPatch a = new QuiltPatch("a", Map.of("k", "v"), 1, 2);
    QuiltPatch b = new QuiltPatch("b", Map.of("k", "w"), 2, 4);
    QuiltIndex index = new QuiltIndex(List.of(a, b));
    assertEquals(b, index.find("b").orElseThrow());
    assertTrue(index.find("c").isEmpty());
    assertEquals(List.of(a), index.tagged("k", "v"));
    assertEquals(List.of(), index.tagged("v", "k"));
    assertEquals(2, b.columns());
  }
}
