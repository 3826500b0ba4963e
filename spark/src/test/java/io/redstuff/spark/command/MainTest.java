package io.redstuff.spark.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.RedStuff;
import io.redstuff.spark.Cluster;
import io.redstuff.spark.TestFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.TypeConversionException;

/** The program, from words to exit codes. Commands take the session that there is. */
@ExtendWith(Cluster.class)
class MainTest {
  @TempDir Path directory;

  /** What a run has left. */
  private record Ran(int exitCode, String out, String err) {
    /** Returns the number in a line of the summary. */
    String line(String what) {
      return out.lines()
          .filter(line -> line.strip().startsWith(what + "  "))
          .map(line -> line.strip().substring(what.length()).strip())
          .findFirst()
          .orElseThrow(() -> new AssertionError(what + " is not in " + out));
    }
  }

  private static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Ran(exitCode, out.toString(), err.toString());
  }

  private String in(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void idsArePrintedAsTheCommandDoes() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 1, 5, 700);
    Ran ran = run("blob-id", "-n", "10", in("files"));
    assertEquals(Main.OK, ran.exitCode(), ran.err());
    TreeSet<String> expected = new TreeSet<>();
    for (String uri : uris) {
      expected.add(RedStuff.forShards(10).blobId(TestFiles.read(uri)) + "  " + uri);
    }
    assertEquals(expected, new TreeSet<>(ran.out().lines().toList()));
  }

  @Test
  void idsGoToATableOnce() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 2, 5, 700);
    String missing = directory.resolve("no").toUri().toString();
    Files.write(directory.resolve("list"), List.of(uris.get(0), uris.get(1), missing));
    String[] args = {
      "blob-id", "-n", "10", "--metadata", "--files-from", in("list"), "-o", in("ids")
    };
    Ran first = run(args);
    assertEquals(Main.BAD_DATA, first.exitCode(), first.err());
    assertEquals("2", first.line("ids computed"));
    assertEquals("1", first.line("failed"));
    Ran second = run(args);
    assertEquals(Main.BAD_DATA, second.exitCode());
    assertEquals("0", second.line("ids computed"));
    assertEquals("1", second.line("failed"));
    assertEquals("3", second.line("files in all"));
  }

  /** Encodes, loses, finds, repairs and audits, each by a command. */
  @Test
  void anArchiveLives() throws IOException {
    TestFiles.write(directory.resolve("files"), 3, 0, 5, 700, 9000);
    String archive = in("archive");
    Ran encoded = run("encode", "-o", archive, "-n", "10", "--nodes", "5", in("files"));
    assertEquals(Main.OK, encoded.exitCode(), encoded.err());
    assertEquals("4", encoded.line("encoded"));
    String asked = in("statements");
    String answers = in("transcripts");
    Ran begun = run("audit", "challenge", archive, "-o", asked, "--challenges", "20");
    assertEquals("5", begun.line("nodes"));
    Ran damaged = run("damage", archive, "--lose", "1", "--rot", "3", "--one-in", "1");
    assertEquals("16", damaged.line("slivers lost"));
    assertEquals("16", damaged.line("slivers with a flipped bit"));
    Ran poor = run("audit", "answer", archive, asked, "-o", answers);
    assertEquals(Main.BAD_DATA, poor.exitCode());
    assertEquals("60", poor.line("answers"));
    Ran verified = run("audit", "verify", asked, answers);
    assertEquals(Main.BAD_DATA, verified.exitCode());
    assertEquals("60", verified.line("answers, each proven"));
    assertEquals("0", verified.line("refused"));
    Ran scrubbed = run("scrub", archive, "-o", in("findings"));
    assertEquals(Main.BAD_DATA, scrubbed.exitCode());
    assertEquals("4", scrubbed.line("damaged, decodable"));
    String lost = "node-00001: 0 bad, 16 missing, of 4 blobs";
    assertTrue(scrubbed.out().contains(lost), scrubbed.out());
    assertTrue(scrubbed.out().contains(": 12 good slivers, 8 lost, decodable"), scrubbed.out());
    Ran repaired = run("repair", archive, "--scrub", in("findings"));
    assertEquals(Main.OK, repaired.exitCode(), repaired.err());
    assertEquals("32", repaired.line("slivers restored"));
    assertEquals(Main.OK, run("scrub", archive).exitCode());
    assertEquals(Main.OK, run("repair", archive).exitCode());
    assertEquals(Main.OK, run("audit", "answer", archive, asked, "-o", answers).exitCode());
    assertEquals(Main.OK, run("audit", "verify", asked, answers).exitCode());
  }

  @Tag("large")
  @Test
  void filesArePackedByCommand() throws IOException {
    TestFiles.write(directory.resolve("files"), 4, 50, 51, 52);
    Ran packed = run("quilt", "-o", in("archive"), "-n", "31", in("files"));
    assertEquals(Main.OK, packed.exitCode(), packed.err());
    assertEquals("3", packed.line("packed"));
    assertEquals("1", packed.line("quilts"));
  }

  @Tag("large")
  @Test
  void theWholeOfItIsShown() throws IOException {
    TestFiles.write(directory.resolve("files"), 5, 10, 700, 20, 5000);
    Ran shown = run("demo", "-n", "10", "--nodes", "5", in("files"), in("archive"));
    assertEquals(Main.OK, shown.exitCode(), shown.out() + shown.err());
    assertTrue(shown.out().endsWith("All is whole again.\n"), shown.out());
  }

  @Test
  void whatCannotBeDoneIsSaid() throws IOException {
    String none = in("none");
    for (String[] args :
        new String[][] {
          {},
          {"nosuch"},
          {"audit"},
          {"blob-id"},
          {"blob-id", "-n", "3", none},
          {"blob-id", "--files-from", none, none},
          {"blob-id", none},
          {"blob-id", "--files-from", none},
          {"encode", none},
          {"encode", "-o", none, "-n", "3", none},
          {"encode", "-o", none, "--memory", "0", none},
          {"encode", "-o", none, "--nodes", "2", "--committee", none, none},
          {"encode", "-o", none, "--committee", none, none},
          {"scrub", none},
          {"repair", none},
          {"damage", none},
          {"audit", "answer", none, none, "-o", none}
        }) {
      Ran ran = run(args);
      assertEquals(Main.USAGE, ran.exitCode(), String.join(" ", args) + ": " + ran.err());
      assertFalse(ran.err().isBlank(), String.join(" ", args));
    }
    Files.writeString(directory.resolve("committee"), "{}");
    Ran refused = run("encode", "-o", none, "--committee", in("committee"), in("files"));
    assertEquals(Main.BAD_DATA, refused.exitCode(), refused.err());
  }

  @Test
  void sizesAreReadAsPeopleWriteThem() {
    assertEquals(new ByteCount(1000), ByteCount.parse("1000"));
    assertEquals(new ByteCount(64L << 20), ByteCount.parse("64M"));
    assertEquals(new ByteCount(3L << 30), ByteCount.parse("3g"));
    assertEquals(new ByteCount(1L << 10), ByteCount.parse("1k"));
    assertEquals(new ByteCount(1L << 40), ByteCount.parse("1T"));
    for (String wrong : List.of("", "M", "-1", "1.5G", "0", "0K", "999999999999T", "1P")) {
      assertThrows(TypeConversionException.class, () -> ByteCount.parse(wrong), wrong);
    }
  }
}
