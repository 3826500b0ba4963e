package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anUnknownTopicIsRefusedWithThoseThereAre() {
    assertEquals(CommandLine.ExitCode.USAGE, run("blob-id", "blobs"));
    assertTrue(
        err.toString()
            .startsWith(
                "no topic blobs; there are blob-id, encode, shards, decode, code, recovery, hash,"
                    + " threads, kernels"),
        err.toString());
  }

  @Test
  void withoutTopicItSaysWhichThereAre() {
    assertEquals(CommandLine.ExitCode.USAGE, run());
    assertTrue(err.toString().startsWith("which topic? There are blob-id,"), err.toString());
  }

  @Test
  void theListHasALineForEach() {
    assertEquals(CommandLine.ExitCode.OK, run("--list"));
    assertEquals(Topics.all().size(), out.toString().lines().count());
  }

  @Test
  void drawingAgainChangesNothing() throws IOException {
    Path page = home.resolve("docs/performance.md");
    Path results = home.resolve("bench/results");
    Files.createDirectories(page.getParent());
    Files.createDirectories(results);
    Files.createDirectories(home.resolve("bench/reference"));
    Files.copy(Path.of("../docs/performance.md"), page);
    Files.copy(Path.of("reference/official.json"), home.resolve("bench/reference/official.json"));
    Files.writeString(
        results.resolve("blob-id.json"),
        """
        [{"benchmark": "x.BlobIdBenchmark.blobId", "mode": "avgt",
          "params": {"shards": "1000", "blobBytes": "1048576", "engine": "selected"},
          "primaryMetric": {"score": 45.7, "scoreError": 0.5, "scoreUnit": "ms/op"}}]
        """);
    Files.writeString(results.resolve("breakdown.json"), "{\"1 MiB\": {\"leaves\": 30}}");
    assertEquals(CommandLine.ExitCode.OK, run("--no-run"), err.toString());
    String once = Files.readString(page);
    assertTrue(
        once.contains(
            "| n = 1000, 1 MiB | 45.7 ± 0.50 ms | – | 457 ms | 10.0x | – | – | 5x | yes |"),
        once);
    assertTrue(once.contains("](images/performance-blob-id.png)"), once);
    assertTrue(Files.size(home.resolve("docs/images/performance-blob-id.svg")) > 1000);
    assertTrue(Files.size(home.resolve("docs/images/performance-breakdown.png")) > 1000);
    assertFalse(Files.exists(home.resolve("docs/images/performance-encode.png")));
    assertEquals(CommandLine.ExitCode.OK, run("--no-run"), err.toString());
    assertEquals(once, Files.readString(page));
  }

  private int run(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "--home";
    all[1] = home.toString();
    System.arraycopy(args, 0, all, 2, args.length);
    return Main.command()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
