package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  private static final String TOPICS =
      "there are blob-id, plain, processors, cold, first-calls, vectors, encode, quilts,"
          + " certificates, audits, shards, decode, code, recovery, hash, threads, kernels, or all";

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Home home;

  @BeforeEach
  void prepare() throws IOException {
    home = Home.whole(directory);
  }

  @Test
  void anUnknownTopicIsRefusedWithThoseThereAre() {
    assertEquals(CommandLine.ExitCode.USAGE, run("blob-id", "blobs"));
    assertTrue(err.toString().startsWith("no topic blobs; " + TOPICS), err.toString());
  }

  @Test
  void withoutTopicItSaysWhichThereAre() {
    assertEquals(CommandLine.ExitCode.USAGE, run());
    assertTrue(err.toString().startsWith("no topic given; " + TOPICS), err.toString());
  }

  @Test
  void theListHasALineForEach() {
    assertEquals(CommandLine.ExitCode.OK, run("--list"));
    assertEquals(17, out.toString().lines().count());
    assertTrue(out.toString().startsWith("blob-id      the id of a blob,"), out.toString());
  }

  @Test
  void drawingNeedsNoTopic() throws IOException {
    String page = home.read("docs/performance.md");
    String row =
        page.lines()
            .filter(line -> line.startsWith("| n = 1000, 1 MiB |"))
            .findFirst()
            .orElseThrow();
    home.write("docs/performance.md", page.replaceAll("(?m)^\\| .*\n", ""));
    assertEquals(CommandLine.ExitCode.OK, run("--no-run"), err.toString());
    String drawn = home.read("docs/performance.md");
    assertTrue(drawn.contains(row), drawn);
  }

  private int run(String... args) {
    return new Main(directory)
        .line
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
