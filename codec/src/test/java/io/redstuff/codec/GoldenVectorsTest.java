package io.redstuff.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything the official encoder's outputs say, byte for byte. */
class GoldenVectorsTest {
  private static final int ROWS = 575;
  private static final JsonMapper JSON = new JsonMapper();

  /** Larger rows run on the selected engine only; the engine matrix selects each once. */
  private static final int SMALL_SHARDS = 101;

  private static final int SMALL_BYTES = 60_000;

  /**
   * Longer blobs are checked in the engine matrix alone, on all engines but the reference, which
   * would take a quarter of an hour.
   */
  private static final int LONG_BYTES = 500_000;

  /** How many rows those are. */
  private static final int LONG_ROWS = 51;

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  private static List<JsonNode> rows() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream in = GoldenVectorsTest.class.getResourceAsStream("/vectors/blobs.jsonl");
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(JSON.readTree(line));
      }
    }
    assertEquals(ROWS, rows.size());
    return rows;
  }

  private static boolean isSmall(JsonNode row) {
    return row.get("n").intValue() <= SMALL_SHARDS && row.get("len").intValue() <= SMALL_BYTES;
  }

  @Test
  void largerRowsOnTheSelectedEngine() throws IOException, RedStuffException {
    Engine engine = Engines.named(Engines.selected().name());
    boolean leavesLong = !EnginesUnderTest.isMatrix() || engine.name().equals("reference");
    int left = 0;
    for (JsonNode row : rows()) {
      if (leavesLong && row.get("len").intValue() > LONG_BYTES) {
        left++;
      } else if (!isSmall(row)) {
        check(row, engine);
      }
    }
    assertEquals(leavesLong ? LONG_ROWS : 0, left);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void smallRowsOnEveryEngine(Engine engine) throws IOException, RedStuffException {
    int checked = 0;
    for (JsonNode row : rows()) {
      if (isSmall(row)) {
        check(row, engine);
        checked++;
      }
    }
    assertTrue(checked > 300, () -> "too few rows were small");
  }

  @Test
  void everyShortRowInBulkWithItsMetadata() throws IOException, InterruptedException {
    Map<Integer, List<JsonNode>> byShards =
        rows().stream()
            .filter(row -> row.get("len").intValue() <= SMALL_BYTES)
            .collect(Collectors.groupingBy(row -> row.get("n").intValue()));
    int[] checked = new int[1];
    for (Map.Entry<Integer, List<JsonNode>> entry : byShards.entrySet()) {
      RedStuff.forShards(entry.getKey())
          .newBulkBlobIds()
          .<JsonNode>compute(
              entry.getValue().iterator(),
              (row, _) -> MemorySegment.ofArray(blob(row)),
              result -> {
                var computed = assertInstanceOf(BulkBlobIds.Computed.class, result);
                assertEquals(result.blob().get("blobId").stringValue(), computed.id().toString());
                MessageDigest hashes = sha256();
                for (int pair = 0; pair < entry.getKey(); pair++) {
                  hashes.update(computed.metadata().hashes(SliverPairIndex.of(pair)).primary());
                  hashes.update(computed.metadata().hashes(SliverPairIndex.of(pair)).secondary());
                }
                assertEquals(
                    result.blob().get("sliverHashesSha256").stringValue(), hex(hashes.digest()));
                checked[0]++;
              });
    }
    assertTrue(checked[0] > 300, () -> checked[0] + " rows");
  }

  private static byte[] blob(JsonNode row) {
    return TestBlobs.bytes(row.get("len").intValue(), row.get("seed").intValue());
  }

  private static void check(JsonNode row, Engine engine) throws RedStuffException {
    int shards = row.get("n").intValue();
    String name = engine + " " + row.get("n") + " shards, " + row.get("len") + " bytes";
    byte[] blob = blob(row);
    RedStuff codec = RedStuff.forShards(shards, engine);
    EncodingParameters parameters = codec.parameters();
    assertEquals(row.get("k1").intValue(), parameters.primarySourceSymbols(), name);
    assertEquals(row.get("k2").intValue(), parameters.secondarySourceSymbols(), name);
    assertEquals(row.get("symbolSize").intValue(), parameters.symbolSize(blob.length), name);
    assertEquals(row.get("blobId").stringValue(), codec.blobId(blob).toString(), name);
    try (EncodedBlob encoded = codec.encode(blob)) {
      VerifiedMetadata metadata = encoded.metadata();
      assertEquals(row.get("blobId").stringValue(), encoded.blobId().toString(), name);
      assertEquals(row.get("rootHash").stringValue(), hex(metadata.rootHash()), name);
      MessageDigest hashes = sha256();
      MessageDigest primary = sha256();
      MessageDigest secondary = sha256();
      for (SliverPair pair : encoded.pairs()) {
        hashes.update(metadata.sliverHash(pair.primary().id()));
        hashes.update(metadata.sliverHash(pair.secondary().id()));
        primary.update(pair.primary().toBcs());
        secondary.update(pair.secondary().toBcs());
      }
      assertEquals(row.get("sliverHashesSha256").stringValue(), hex(hashes.digest()), name);
      assertEquals(row.get("primarySliversBcsSha256").stringValue(), hex(primary.digest()), name);
      assertEquals(
          row.get("secondarySliversBcsSha256").stringValue(), hex(secondary.digest()), name);
      BlobMetadata parsed = BlobMetadata.parse(metadata.toBcs());
      assertEquals(metadata.blobId(), parsed.verify(parameters, metadata.blobId()).blobId());
      for (Axis axis : Axis.values()) {
        List<Sliver> slivers = someSlivers(encoded, axis, row.get("seed").longValue());
        assertArrayEquals(blob, codec.decode(metadata, slivers), name + " from " + axis);
      }
    }
  }

  /** Just enough slivers of an axis, chosen at random. */
  private static List<Sliver> someSlivers(EncodedBlob encoded, Axis axis, long seed) {
    EncodingParameters parameters = encoded.metadata().parameters();
    List<Sliver> slivers = new ArrayList<>();
    for (int i = 0; i < parameters.shards(); i++) {
      slivers.add(encoded.sliver(new SliverId(axis, i)));
    }
    Collections.shuffle(slivers, new Random(seed));
    return slivers.subList(0, parameters.sourceSymbols(axis));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void wholeEncodings(Engine engine) throws IOException {
    JsonNode all;
    try (InputStream in = GoldenVectorsTest.class.getResourceAsStream("/vectors/small.json")) {
      all = JSON.readTree(in);
    }
    assertEquals(6, all.size());
    for (JsonNode row : all) {
      RedStuff codec = RedStuff.forShards(row.get("n").intValue(), engine);
      byte[] blob = HexFormat.of().parseHex(row.get("blob").stringValue());
      try (EncodedBlob encoded = codec.encode(blob)) {
        assertEquals(row.get("blobIdHex").stringValue(), hex(encoded.blobId().toBytes()));
        assertEquals(row.get("metadataRoot").stringValue(), hex(encoded.metadata().rootHash()));
        for (SliverPair pair : encoded.pairs()) {
          int p = pair.index().value();
          JsonNode hashes = row.get("hashes").get(p);
          JsonNode slivers = row.get("pairs").get(p);
          VerifiedMetadata metadata = encoded.metadata();
          assertEquals(
              hashes.get("primary").stringValue(), hex(metadata.sliverHash(pair.primary().id())));
          assertEquals(
              hashes.get("secondary").stringValue(),
              hex(metadata.sliverHash(pair.secondary().id())));
          assertEquals(slivers.get("primaryBcs").stringValue(), hex(pair.primary().toBcs()));
          assertEquals(slivers.get("secondaryBcs").stringValue(), hex(pair.secondary().toBcs()));
        }
      }
    }
  }

  @Test
  void idsPublishedElsewhere() {
    assertEquals(
        "RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY",
        RedStuff.forShards(10)
            .blobId("walrus blob id v1 regression test".getBytes(US_ASCII))
            .toString());
    byte[] counting = new byte[10_000];
    for (int i = 0; i < counting.length; i++) {
      counting[i] = (byte) ((i + 42) % 256);
    }
    RedStuff thousand = RedStuff.forShards(1000);
    assertEquals(
        "DT8sosEzCz5bWLenUKGdt7j5zmIvlw5snOECpXQViII", thousand.blobId(counting).toString());
    assertEquals(
        "3GPQL3HZNnFhN_F7l5Aa-X1VOtAKwIsg9zuWk8R81v4", thousand.blobId(new byte[0]).toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
