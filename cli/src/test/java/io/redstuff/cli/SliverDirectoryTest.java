package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliverDirectoryTest {

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "4,3,0003.bcs",
    "1000,42,0042.bcs",
    "10000,9999,9999.bcs",
    "10001,0,00000.bcs",
    "10001,10000,10000.bcs",
    "49155,49154,49154.bcs"
  })
  void namesFilesByPair(int shards, int pair, String name) {
    assertEquals(
        name,
        SliverDirectory.fileName(SliverPairIndex.of(pair), EncodingParameters.forShards(shards)));
  }

  @Test
  void secondaryFilesHoldTheSliverThatThePairHas() {
    EncodingParameters parameters = EncodingParameters.forShards(10);
    SliverDirectory directory = SliverDirectory.at(root);
    SliverFile file = directory.file(Axis.SECONDARY, SliverPairIndex.of(2), parameters);
    assertEquals(SliverId.secondary(7), file.id());
    assertEquals(root.resolve("secondary/0002.bcs"), file.path());
    assertEquals("secondary/0002.bcs", file.name());
    assertEquals(
        SliverId.primary(2), directory.file(Axis.PRIMARY, SliverPairIndex.of(2), parameters).id());
  }

  @Test
  void listsSliversAndStrays() throws Exception {
    Path primary = Files.createDirectory(root.resolve("primary"));
    for (String name :
        List.of("0000.bcs", "0009.bcs", "0010.bcs", "00001.bcs", "a.bcs", "0001.txt", "0002")) {
      Files.createFile(primary.resolve(name));
    }
    EncodingParameters parameters = EncodingParameters.forShards(10);
    SliverDirectory.Listing listing = SliverDirectory.at(root).list(Axis.PRIMARY, parameters);
    assertEquals(BitSet.valueOf(new long[] {1 << 9 | 1}), listing.present());
    assertEquals(
        List.of("primary/00001.bcs", "primary/0010.bcs", "primary/a.bcs"), listing.strays());
    assertTrue(SliverDirectory.at(root).list(Axis.SECONDARY, parameters).present().isEmpty());
  }

  @Test
  void ownsWhatAnEncodingIsMadeOf() throws IOException {
    SliverDirectory directory = SliverDirectory.at(root);
    Files.createDirectories(root.resolve("primary/0001.bcs.d"));
    Files.createDirectories(root.resolve("other"));
    for (String name : List.of("metadata.bcs", "primary/0001.bcs")) {
      assertTrue(directory.owns(Files.createFile(root.resolve(name))), name);
    }
    for (String name :
        List.of(
            "blob.bcs",
            "0001.bcs",
            "primary/metadata.bcs",
            "primary/0001.bcs.d/0001.bcs",
            "other/0001.bcs")) {
      assertFalse(directory.owns(Files.createFile(root.resolve(name))), name);
    }
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("primary/0001.bcs"));
    assertTrue(directory.owns(link));
    assertFalse(directory.owns(root.getParent()));
  }

  @ParameterizedTest
  @CsvSource({"2,1", "2,63", "2,64", "32,255", "512,32", "65534,33"})
  void headerAndTrailerMakeTheBcsForm(int symbolSize, int symbols) {
    byte[] bytes = new byte[symbolSize * symbols];
    bytes[bytes.length - 1] = 77;
    Sliver sliver = Sliver.of(SliverId.secondary(0xabcd), symbolSize, MemorySegment.ofArray(bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((byte[]) SliverBcs.header(sliver.segment().byteSize()).heapBase().orElseThrow());
    out.writeBytes(bytes);
    out.writeBytes(
        (byte[]) SliverBcs.trailer(sliver.id(), sliver.symbolSize()).heapBase().orElseThrow());
    assertArrayEquals(sliver.toBcs(), out.toByteArray());
    assertEquals(out.size(), SliverBcs.length(bytes.length));
  }
}
