package io.redstuff.client.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.proof.DecodingSymbol;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcsBodiesTest {
  private static MemorySegment bytes(String hex) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Keys stand in the order of their bytes: 256 is 00 01, and comes before 01 00. */
  @Test
  void decodingSymbolsAreAMapOfBytes() throws MalformedDataException {
    DecodingSymbols symbols =
        new DecodingSymbols(
            Axis.SECONDARY,
            Map.of(
                1,
                List.of(new DecodingSymbol(7, new byte[] {8, 9})),
                256,
                List.of(
                    new DecodingSymbol(2, new byte[] {3, 4}),
                    new DecodingSymbol(5, new byte[] {6}))));
    String expected = "02 0001 02 01 0200 02 0304 01 0500 01 06 0100 01 01 0700 02 0809";
    assertEquals(expected.replace(" ", ""), hex(symbols.toBcs()));
    assertEquals(symbols, DecodingSymbols.parse(Axis.SECONDARY, bytes(expected)));
    assertEquals(List.of(1, 256), List.copyOf(symbols.symbols().keySet()));
  }

  @ParameterizedTest
  @CsvSource({
    "ascending, 02 0100 00 0001 00",
    "ascending, 02 0100 00 0100 00",
    "length, 02 0100 00",
    "length, 01 0100 01 01",
    "expected secondary, 01 0100 01 00 0700 00",
    "axis, 01 0100 01 02 0700 00",
    "trailing, 00 00",
    "sliver index, ''",
  })
  void otherDecodingSymbolsAreRefused(String part, String hex) {
    String message =
        assertThrows(
                MalformedDataException.class,
                () -> DecodingSymbols.parse(Axis.SECONDARY, bytes(hex)))
            .getMessage();
    assertTrue(message.contains(hex.isEmpty() ? "decoding symbols" : part), message);
  }

  @Test
  void slivers() throws MalformedDataException {
    BlobId id = BlobId.of(HexFormat.of().parseHex("ab".repeat(BlobId.BYTES)));
    Sliver primary = Sliver.copyOf(SliverId.primary(3), 2, new byte[] {1, 2, 3, 4});
    Sliver secondary = Sliver.copyOf(SliverId.secondary(258), 2, new byte[] {5, 6});
    ShardSlivers slivers =
        new ShardSlivers(
            List.of(new ShardSlivers.Entry(id, primary), new ShardSlivers.Entry(id, secondary)));
    String blob = "ab".repeat(BlobId.BYTES);
    String expected =
        ("00 02 " + blob + " 00 04 01020304 0200 0300 " + blob + " 01 02 0506 0200 0201")
            .replace(" ", "");
    assertEquals(expected, hex(slivers.toBcs()));
    assertEquals(slivers, ShardSlivers.parse(bytes(expected)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01 00", "00", "00 01", "00 00 00", ""})
  void otherSliversAreRefused(String hex) {
    assertThrows(MalformedDataException.class, () -> ShardSlivers.parse(bytes(hex)));
  }

  @Test
  void aSliverThatIsNoneIsFoundWhereItIs() {
    String odd = "00 01" + "00".repeat(BlobId.BYTES) + "00 03 010203 0300 0000";
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> ShardSlivers.parse(bytes(odd)));
    assertEquals(2 + BlobId.BYTES + 2 + 3, e.byteOffset());
  }

  /** Bodies are just as long as the limits say, or the limits are higher. */
  @ParameterizedTest
  @ValueSource(ints = {4, 10, 130})
  void limitsAreMet(int shards) {
    RedStuff codec = RedStuff.forShards(shards);
    EncodedBlob blob = codec.encode(new byte[1000]);
    EncodingParameters parameters = codec.parameters();
    int length = blob.metadata().toBcs().length;
    assertTrue(length <= ApiLimits.metadata(parameters), () -> "metadata: " + length);
    assertTrue(length > ApiLimits.metadata(parameters) - 4, () -> "metadata: " + length);
    int symbolSize = blob.metadata().symbolSize();
    for (Axis axis : Axis.values()) {
      Sliver sliver = blob.sliver(new SliverId(axis, 0));
      assertEquals(sliver.toBcs().length, ApiLimits.sliver(parameters, axis, symbolSize));
      assertTrue(ApiLimits.sliver(parameters, axis) > sliver.toBcs().length);
    }
    assertTrue(
        ApiLimits.inconsistencyProof(parameters) > (long) shards * 65_534, "inconsistency proof");
  }
}
