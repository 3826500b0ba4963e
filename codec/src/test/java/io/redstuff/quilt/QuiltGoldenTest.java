package io.redstuff.quilt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.codec.RedStuff;
import io.redstuff.stream.BlobSource;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Quilts are byte for byte those of the official writer. */
class QuiltGoldenTest {
  /** Blob ids of more shards take long; the bytes that they follow from are compared for all. */
  private static final int MOST_SHARDS = 301;

  /** The model works byte by byte. */
  private static final int MOST_BYTES = 1 << 20;

  static List<QuiltVectors.Case> made() {
    return QuiltVectors.cases(false);
  }

  static List<QuiltVectors.Case> refused() {
    return QuiltVectors.cases(true);
  }

  @ParameterizedTest
  @MethodSource("made")
  void packsAndReads(QuiltVectors.Case made) throws Exception {
    JsonNode right = made.right();
    try (Quilt quilt = Quilt.pack(made.parameters(), made.files())) {
      assertEquals(right.get("symbolSize").intValue(), quilt.symbolSize());
      byte[] bytes = quilt.toBytes();
      assertEquals(made.json().get("quiltLength").longValue(), bytes.length);
      assertEquals(right.get("quiltSha256").stringValue(), sha256(bytes));
      if (right.has("quiltHex")) {
        assertEquals(right.get("quiltHex").stringValue(), HexFormat.of().formatHex(bytes));
      }
      if (right.has("indexBcsHex")) {
        assertArrayEquals(
            HexFormat.of().parseHex(right.get("indexBcsHex").stringValue()), quilt.index().toBcs());
      }
      BlobId id = BlobId.parse(right.get("blobId").stringValue());
      if (made.parameters().shards() <= MOST_SHARDS) {
        assertEquals(id, RedStuff.forShards(made.parameters().shards()).blobId(bytes));
      }
      checkPatches(right, quilt.index(), id);
      checkFiles(made, bytes, quilt.index());
      if (bytes.length <= MOST_BYTES) {
        checkModel(made, bytes, quilt);
      }
    }
  }

  private static void checkPatches(JsonNode right, QuiltIndex index, BlobId id) {
    int checked = 0;
    for (JsonNode json : right.get("patches")) {
      QuiltPatch patch = index.find(json.get("identifier").stringValue()).orElseThrow();
      assertEquals(json.get("startIndex").intValue(), patch.startIndex());
      assertEquals(json.get("endIndex").intValue(), patch.endIndex());
      assertEquals(json.get("patchId").stringValue(), patch.id(id).toString());
      checked++;
    }
    assertTrue(checked > 0);
  }

  private static void checkFiles(QuiltVectors.Case made, byte[] bytes, QuiltIndex index)
      throws Exception {
    QuiltBlob blob = QuiltBlob.of(made.parameters(), source(bytes));
    assertEquals(index, blob.index());
    for (QuiltFile file : made.files()) {
      QuiltFile read = blob.read(index.find(file.identifier()).orElseThrow());
      assertEquals(file.tags(), read.tags());
      assertArrayEquals(bytes(file.contents()), bytes(read.contents()));
    }
  }

  private static void checkModel(QuiltVectors.Case made, byte[] bytes, Quilt quilt)
      throws Exception {
    Map<String, Map<String, String>> tags = new HashMap<>();
    Map<String, byte[]> contents = new HashMap<>();
    for (QuiltFile file : made.files()) {
      tags.put(file.identifier(), file.tags());
      contents.put(file.identifier(), bytes(file.contents()));
    }
    QuiltModel model = new QuiltModel(made.parameters().shards(), tags, contents);
    assertEquals(model.symbolSize, quilt.symbolSize());
    assertArrayEquals(model.blob, bytes);
    for (Object[] patch : model.patches) {
      QuiltPatch ours = quilt.index().find((String) patch[0]).orElseThrow();
      assertEquals(patch[1], ours.startIndex());
      assertEquals(patch[2], ours.endIndex());
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(QuiltVectors.Case refused) {
    assertThrows(
        IllegalArgumentException.class,
        () -> Quilt.pack(refused.parameters(), refused.files()).close());
  }

  /** Figures of the unit tests of the Rust encoder. */
  @Test
  void searchesSymbolSizes() {
    for (JsonNode row : QuiltVectors.ALL.get("symbolSizeCases")) {
      JsonNode json = row.get("sizes");
      long[] sizes =
          IntStream.range(0, json.size()).mapToLong(i -> json.get(i).longValue()).toArray();
      if (sizes.length == 0) {
        continue; // there always is an index
      }
      JsonNode expected = row.get("expected");
      int rows = row.get("rows").intValue();
      int columns = row.get("columns").intValue();
      int indexColumns = row.get("maxIndexColumns").intValue();
      if (expected.isString()) {
        assertThrows(
            IllegalArgumentException.class,
            () -> QuiltLayout.symbolSize(sizes, rows, columns, indexColumns));
      } else {
        assertEquals(
            expected.intValue(), QuiltLayout.symbolSize(sizes, rows, columns, indexColumns));
      }
    }
  }

  @Test
  void readsPublishedPatchIds() throws Exception {
    for (JsonNode row : QuiltVectors.ALL.get("publishedPatchIds")) {
      String text = row.get("patchId").stringValue();
      QuiltPatchId id = QuiltPatchId.parse(text);
      assertEquals(text, id.toString());
      assertEquals(row.get("quiltId").stringValue(), id.quilt().toString());
      assertEquals(row.get("startIndex").intValue(), id.startIndex());
      assertEquals(row.get("endIndex").intValue(), id.endIndex());
      assertEquals(id, QuiltPatchId.parse(id.toBytes()));
      assertEquals(id.endIndex() - id.startIndex(), id.slivers().size());
      assertEquals(id.startIndex(), id.slivers().getFirst().index());
    }
  }

  static BlobSource source(byte[] bytes) {
    return BlobSource.of(MemorySegment.ofArray(bytes));
  }

  static byte[] bytes(BlobSource source) throws Exception {
    byte[] bytes = new byte[(int) source.length()];
    source.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
