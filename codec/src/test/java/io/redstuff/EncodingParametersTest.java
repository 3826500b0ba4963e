package io.redstuff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.proof.VerifiedMetadata;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncodingParametersTest {

  @ParameterizedTest
  @CsvSource({
    "4, 1, 2, 3",
    "7, 2, 3, 5",
    "10, 3, 4, 7",
    "100, 33, 34, 67",
    "1000, 333, 334, 667",
    "49155, 16384, 16387, 32771"
  })
  void sourceSymbols(int n, int f, int k1, int k2) {
    EncodingParameters p = EncodingParameters.forShards(n);
    assertEquals(n, p.shards());
    assertEquals(f, p.maxFaulty());
    assertEquals(k1, p.primarySourceSymbols());
    assertEquals(k2, p.secondarySourceSymbols());
    assertEquals(k1, p.sourceSymbols(Axis.PRIMARY));
    assertEquals(k2, p.sourceSymbols(Axis.SECONDARY));
    assertEquals(k2, p.symbolsPerSliver(Axis.PRIMARY));
    assertEquals(k1, p.symbolsPerSliver(Axis.SECONDARY));
    assertEquals(new EncodingParameters(n), p);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 2, 3, 49156, 65536, Integer.MAX_VALUE})
  void refusesShardCounts(int n) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EncodingParameters.forShards(n));
    assertEquals("shards: got " + n + ", expected 4 to 49155", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0, 2",
    "4, 1, 2",
    "4, 12, 2",
    "4, 13, 4",
    "10, 56, 2",
    "10, 57, 4",
    "10, 1834952, 65534",
    "1000, 445556, 2",
    "1000, 445557, 4",
    "1000, 14599533452, 65534"
  })
  void symbolSize(int n, long length, int expected) {
    assertEquals(expected, EncodingParameters.forShards(n).symbolSize(length));
  }

  @ParameterizedTest
  @CsvSource({"4, 393204", "10, 1834952", "1000, 14599533452", "49155, 35192962318318"})
  void maxBlobLength(int n, long expected) {
    assertEquals(expected, EncodingParameters.forShards(n).maxBlobLength());
  }

  @ParameterizedTest
  @CsvSource({"10, -1", "10, 1834953", "1000, 14599533453", "1000, 9223372036854775807"})
  void refusesBlobLengths(int n, long length) {
    EncodingParameters p = EncodingParameters.forShards(n);
    String expected =
        "blob length: got "
            + length
            + ", expected 0 to "
            + p.maxBlobLength()
            + " with "
            + n
            + " shards";
    for (Runnable r :
        new Runnable[] {
          () -> p.symbolSize(length),
          () -> p.encodedLength(length),
          () -> p.sliversLength(length),
          () -> p.paddedLength(length)
        }) {
      assertEquals(expected, assertThrows(IllegalArgumentException.class, r::run).getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -2, -1, 0, 1, 3, 65533, 65535, 65536, Integer.MAX_VALUE})
  void refusesSymbolSizes(int size) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> EncodingParameters.checkSymbolSize(size));
    assertEquals(
        "symbol size: got " + size + ", expected an even number from 2 to 65534", e.getMessage());
    EncodingParameters p = EncodingParameters.forShards(10);
    assertThrows(IllegalArgumentException.class, () -> p.sliverLength(Axis.PRIMARY, size));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, 6940",
    "10, 1, 6940",
    "1000, 0, 66034000",
    "1000, 1, 66034000",
    "1000, 14599533452, 65663566000"
  })
  void encodedLength(int n, long length, long expected) {
    assertEquals(expected, EncodingParameters.forShards(n).encodedLength(length));
  }

  @Test
  void sizesAtOneThousandShards() {
    EncodingParameters p = EncodingParameters.forShards(1000);
    assertEquals(64_032, p.metadataLength());
    assertEquals(65_599_534_000L, p.sliversLength(p.maxBlobLength()));
    assertEquals(p.maxBlobLength(), p.paddedLength(p.maxBlobLength()));
    assertEquals(445_556, p.paddedLength(1));
    assertEquals(43_711_178, p.sliverLength(Axis.PRIMARY, 65534));
    assertEquals(21_888_356, p.sliverLength(Axis.SECONDARY, 65534));
  }

  @Property
  void formulasAgreeWithBigIntegers(
      @ForAll @IntRange(min = 4, max = 49155) int n,
      @ForAll @LongRange(min = 0, max = 35192962318318L) long anyLength) {
    EncodingParameters p = EncodingParameters.forShards(n);
    long length = anyLength % (p.maxBlobLength() + 1);
    BigInteger k1 = BigInteger.valueOf(p.primarySourceSymbols());
    BigInteger k2 = BigInteger.valueOf(p.secondarySourceSymbols());
    BigInteger shards = BigInteger.valueOf(n);
    BigInteger s = BigInteger.valueOf(p.symbolSize(length));
    // s is the least even size that fits.
    BigInteger bytes = BigInteger.valueOf(Math.max(1, length));
    assertTrue(k1.multiply(k2).multiply(s).compareTo(bytes) >= 0);
    assertTrue(k1.multiply(k2).multiply(s.subtract(BigInteger.TWO)).compareTo(bytes) < 0);
    assertEquals(0, p.symbolSize(length) % 2);
    assertEquals(k1.multiply(k2).multiply(s), BigInteger.valueOf(p.paddedLength(length)));
    BigInteger slivers = shards.multiply(k1.add(k2)).multiply(s);
    assertEquals(slivers, BigInteger.valueOf(p.sliversLength(length)));
    BigInteger metadata = BigInteger.valueOf(64L * n + 32);
    assertEquals(metadata, BigInteger.valueOf(p.metadataLength()));
    assertEquals(
        shards.multiply(metadata).add(slivers), BigInteger.valueOf(p.encodedLength(length)));
    assertEquals(
        k2.multiply(s), BigInteger.valueOf(p.sliverLength(Axis.PRIMARY, p.symbolSize(length))));
    assertEquals(
        k1.multiply(s), BigInteger.valueOf(p.sliverLength(Axis.SECONDARY, p.symbolSize(length))));
    assertTrue(3 * p.maxFaulty() + 1 <= n && n < 3 * (p.maxFaulty() + 1) + 1);
  }

  @Test
  void allGoldenRows() throws IOException {
    int rows = 0;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                getClass().getResourceAsStream("/vectors/blobs.jsonl"), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode row = JsonMapper.shared().readTree(line);
        EncodingParameters p = EncodingParameters.forShards(row.get("n").intValue());
        long length = row.get("len").longValue();
        assertEquals(row.get("k1").intValue(), p.primarySourceSymbols(), line);
        assertEquals(row.get("k2").intValue(), p.secondarySourceSymbols(), line);
        assertEquals(row.get("symbolSize").intValue(), p.symbolSize(length), line);
        byte[] root = HexFormat.of().parseHex(row.get("rootHash").stringValue());
        assertEquals(
            row.get("blobId").stringValue(),
            VerifiedMetadata.computeBlobId(length, root).toString(),
            line);
        rows++;
      }
    }
    assertEquals(575, rows);
  }
}
