package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With 10 shards, 4 primary or 7 secondary slivers decode. */
class VerifyCommandTest {

  @TempDir private Path directory;

  private Path out;

  @BeforeEach
  void encode() throws IOException {
    out = directory.resolve("out");
    Cli.encode(10, TestFiles.walrus(directory), out);
  }

  @Test
  void aWholeDirectoryIsClean() {
    Cli run = Cli.run("verify", out);
    assertEquals(
        """
        blob id    RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY
        blob       33 bytes
        encoding   10 shards, symbols of 2 bytes
        primary    10 good, 0 missing, 0 bad (4 good ones are enough)
        secondary  10 good, 0 missing, 0 bad (7 good ones are enough)
        decodable  yes
        """,
        run.out());
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
  }

  @Test
  void countsAndNamesWhatIsNotGood() throws IOException {
    Files.delete(out.resolve("primary/0001.bcs"));
    TestFiles.flipBit(out.resolve("primary/0007.bcs"), 4);
    Files.write(out.resolve("secondary/0000.bcs"), new byte[0]);
    Files.copy(out.resolve("secondary/0001.bcs"), out.resolve("secondary/1.bcs"));
    Cli run = Cli.run("verify", out);
    assertEquals(
        """
        blob id    RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY
        blob       33 bytes
        encoding   10 shards, symbols of 2 bytes
        primary    8 good, 1 missing, 1 bad (4 good ones are enough)
        secondary  9 good, 0 missing, 1 bad (7 good ones are enough)
        bad        primary/0007.bcs: primary 7 sliver: its hash is not the one that blob \
        RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY commits to
        bad        secondary/0000.bcs: got a file of 0 bytes, expected 13
        stray      secondary/1.bcs: not the name of a sliver
        decodable  yes
        """,
        run.out());
    assertEquals(1, run.exitCode());
  }

  @Test
  void jsonTellsTheSame() throws IOException {
    Files.delete(out.resolve("primary/0001.bcs"));
    Files.delete(out.resolve("primary/0008.bcs"));
    TestFiles.flipBit(out.resolve("secondary/0002.bcs"), 4);
    Files.createFile(out.resolve("primary/x.bcs"));
    Cli run = Cli.run("verify", "--json", out);
    assertEquals(1, run.exitCode());
    JsonNode report = JsonMapper.shared().readTree(run.out());
    assertEquals(
        List.of(
            "blobId",
            "shards",
            "blobLength",
            "symbolSize",
            "primary",
            "secondary",
            "bad",
            "strays",
            "decodable",
            "complete"),
        List.copyOf(report.propertyNames()));
    assertEquals(TestFiles.WALRUS_ID, report.get("blobId").asString());
    assertEquals(10, report.get("shards").asInt());
    assertEquals(33, report.get("blobLength").asLong());
    assertEquals(2, report.get("symbolSize").asInt());
    assertEquals(
        "{\"good\":8,\"missing\":2,\"bad\":0,\"needed\":4,\"missingPairs\":[1,8]}",
        report.get("primary").toString());
    assertEquals(
        "{\"good\":9,\"missing\":0,\"bad\":1,\"needed\":7,\"missingPairs\":[]}",
        report.get("secondary").toString());
    JsonNode bad = report.get("bad").get(0);
    assertEquals("secondary/0002.bcs", bad.get("file").asString());
    assertEquals(2, bad.get("pair").asInt());
    assertEquals("secondary 7", bad.get("sliver").asString());
    assertTrue(bad.get("reason").asString().contains("its hash is not"));
    assertEquals("[\"primary/x.bcs\"]", report.get("strays").toString());
    assertTrue(report.get("decodable").asBoolean());
    assertEquals("false", report.get("complete").toString());
  }

  @Test
  void oneAxisIsEnoughToDecode() throws IOException {
    TestFiles.deleteTree(out.resolve("secondary"));
    for (int pair = 4; pair < 10; pair++) {
      Files.delete(out.resolve("primary/000" + pair + ".bcs"));
    }
    Cli run = Cli.run("verify", out);
    assertTrue(run.out().contains("primary    4 good, 6 missing, 0 bad"), run.out());
    assertTrue(run.out().contains("secondary  0 good, 10 missing, 0 bad"), run.out());
    assertTrue(run.out().endsWith("decodable  yes\n"), run.out());
    Files.delete(out.resolve("primary/0000.bcs"));
    run = Cli.run("verify", out);
    assertTrue(run.out().endsWith("decodable  no\n"), run.out());
    assertEquals(1, run.exitCode());
  }

  @Test
  void aStrayAloneIsNoFailure() throws IOException {
    Files.createFile(out.resolve("primary/00001.bcs"));
    Cli run = Cli.run("verify", out);
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("stray      primary/00001.bcs: "), run.out());
  }

  @Test
  void foreignFilesAreNotLookedAt() throws IOException {
    Files.createFile(out.resolve("primary/.0001.bcs.0123456789abcdef.part"));
    Files.createFile(out.resolve("primary/notes.txt"));
    Cli run = Cli.run("verify", out);
    assertEquals(0, run.exitCode());
    assertEquals(6, run.out().lines().count());
  }

  @Test
  void theExpectedIdIsPinned() {
    assertEquals(0, Cli.run("verify", "--blob-id", TestFiles.WALRUS_ID, out).exitCode());
    Cli run = Cli.run("verify", "--blob-id", "3GPQL3HZNnFhN_F7l5Aa-X1VOtAKwIsg9zuWk8R81v4", out);
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertEquals(1, run.errLines().size());
  }

  @Test
  void refusesADirectoryWithoutMetadata() {
    Cli run = Cli.run("verify", directory);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of(
            "redstuff: "
                + directory
                + ": no metadata.bcs there: not a directory that an encode finished"),
        run.errLines());
  }

  @Test
  void refusesWhatIsNoDirectory() {
    Path file = directory.resolve("walrus.txt");
    Cli run = Cli.run("verify", file);
    assertEquals(2, run.exitCode());
    assertEquals(List.of("redstuff: " + file + ": not a directory"), run.errLines());
  }

  @Test
  void refusesMetadataThatIsNot() throws IOException {
    Files.write(out.resolve("metadata.bcs"), new byte[40]);
    Cli run = Cli.run("verify", "--json", out);
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertEquals(1, run.errLines().size());
  }
}
