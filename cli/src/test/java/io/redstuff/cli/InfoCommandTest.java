package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.simd.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InfoCommandTest {

  @TempDir private Path directory;

  @Test
  void tellsTheParametersAndTheEngine() {
    Cli run = Cli.run("info");
    assertEquals(
        """
        shards            n = 1000, of which f = 333 may fail
        to decode         334 primary or 667 secondary slivers
        metadata          64032 bytes (62.5 KiB)
        longest blob      14599533452 bytes (13.6 GiB)
        runs on           %s
        """
            .formatted(Engines.describe()),
        run.out());
    assertEquals(0, run.exitCode());
    assertEquals("", run.err());
  }

  @Test
  void tellsTheSizesForALength() {
    Cli run = Cli.run("info", "-n", 1000, "--size", "10MiB");
    assertEquals(
        """
        blob              10485760 bytes (10.0 MiB)
        symbol            48 bytes
        primary sliver    667 symbols, 32016 bytes (31.3 KiB)
        secondary sliver  334 symbols, 16032 bytes (15.7 KiB)
        all slivers       48048000 bytes (45.8 MiB)
        encoded           112080000 bytes (106.9 MiB) with the metadata at every shard
        """,
        run.out().lines().skip(4).limit(6).map(line -> line + "\n").reduce("", String::concat));
  }

  // Published examples of the encoded length.
  @ParameterizedTest
  @CsvSource({"10,0,6940", "10,1,6940", "1000,1,66034000"})
  void tellsTheEncodedLength(int shards, long size, long encoded) {
    JsonNode report = json("info", "--json", "-n", shards, "--size", size);
    assertEquals(encoded, report.get("blob").get("encodedLength").asLong());
  }

  @Test
  void jsonHasEverything() {
    JsonNode report = json("info", "--json", "-n", 10, "--size", 33);
    assertEquals(
        "{\"length\":33,\"symbolSize\":2,\"primarySliverLength\":14,\"secondarySliverLength\":8,"
            + "\"sliversLength\":220,\"encodedLength\":6940}",
        report.get("blob").toString());
    assertEquals(3, report.get("maxFaulty").asInt());
    assertEquals(4, report.get("primaryNeeded").asInt());
    assertEquals(7, report.get("secondaryNeeded").asInt());
    assertEquals(672, report.get("metadataLength").asLong());
    assertEquals(4 * 7 * 65534, report.get("maxBlobLength").asLong());
    JsonNode engine = report.get("engine");
    assertEquals(Engines.selected().name(), engine.get("name").asString());
    assertEquals(Engines.selected().vectorBits(), engine.get("vectorBits").asInt());
    assertEquals(Engines.describe(), engine.get("description").asString());
  }

  @Test
  void jsonWithoutABlobHasNull() {
    assertTrue(json("info", "--json").get("blob").isNull());
  }

  @Test
  void takesTheLengthOfAFile() throws IOException {
    Path file = TestFiles.walrus(directory);
    JsonNode report = json("info", "--json", "-n", 4, file);
    assertEquals(33, report.get("blob").get("length").asLong());
  }

  @Test
  void refusesWhatHasNoLength() throws IOException {
    Path missing = directory.resolve("missing");
    assertFails(missing + ": no such file or directory", missing);
    assertFails(directory + ": not a regular file", directory);
    Path file = Files.createFile(directory.resolve("file"));
    assertFails("FILE and --size exclude each other", "--size", "1M", file);
  }

  @Test
  void refusesSizesThatNoBlobHas() {
    assertFails(
        "blob length: got 393205, expected 0 to 393204 with 4 shards", "-n", 4, "--size", 393205);
    assertFails(
        "invalid value for option '--size': got '10Mi8', expected a size such as 1000000, 64M,"
            + " 10MiB or 1.5GB - see 'redstuff info --help'",
        "--size",
        "10Mi8");
    assertFails("shards: got 3, expected 4 to 49155", "-n", 3);
  }

  private static void assertFails(String message, Object... options) {
    Object[] args = new Object[options.length + 1];
    args[0] = "info";
    System.arraycopy(options, 0, args, 1, options.length);
    Cli run = Cli.run(args);
    assertEquals(List.of("redstuff: " + message), run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
  }

  private static JsonNode json(Object... args) {
    Cli run = Cli.run(args);
    assertEquals(0, run.exitCode(), run.err());
    return JsonMapper.shared().readTree(run.out());
  }
}
