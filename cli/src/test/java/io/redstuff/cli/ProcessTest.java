package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, where the system itself makes trouble. */
class ProcessTest {

  @TempDir private Path directory;

  /** Runs a shell command line in which {@code $REDSTUFF} starts the command. */
  private int shell(String commandLine) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", commandLine)
            .directory(directory.toFile())
            .redirectError(directory.resolve("err").toFile());
    builder
        .environment()
        .put(
            "REDSTUFF",
            java + " -XX:-UsePerfData -Dredstuff.engine=reference " + Main.class.getName());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    process.getOutputStream().close();
    Files.write(directory.resolve("out"), process.getInputStream().readAllBytes());
    return process.waitFor();
  }

  private String out() throws IOException {
    return Files.readString(directory.resolve("out"), UTF_8);
  }

  private String err() throws IOException {
    return Files.readString(directory.resolve("err"), UTF_8);
  }

  @Test
  void endsWithTheExitCode() throws Exception {
    TestFiles.walrus(directory);
    assertEquals(0, shell("$REDSTUFF blob-id -n 10 - < walrus.txt"), err());
    assertEquals(TestFiles.WALRUS_ID + "  -\n", out());
    assertEquals("", err());
    assertEquals(2, shell("$REDSTUFF blob-id -n 10 missing"));
    assertEquals("redstuff: missing: no such file or directory\n", err());
  }

  @Test
  void aFullStandardOutputIsAFailure() throws Exception {
    TestFiles.walrus(directory);
    assertEquals(2, shell("$REDSTUFF blob-id -n 10 walrus.txt > /dev/full"));
    assertEquals("redstuff: standard output: write failed\n", err());
  }

  @Test
  void filesThatTheSystemRefusesToLetGrowLeaveNothing() throws Exception {
    TestFiles.random(directory, 100_000, 4);
    // Blocks of 512 or 1024 bytes, as the shell has it; primary slivers of this blob have 33340.
    assertEquals(2, shell("ulimit -f 4 && $REDSTUFF encode -n 4 -o slivers random-*"), err());
    assertEquals(
        List.of("redstuff: slivers/primary/0000.bcs: cannot be written: file too large"),
        err().lines().toList());
    assertEquals(List.of("err", "out", "random-100000-4"), TestFiles.tree(directory));
  }

  @Test
  void aForcedEngineThatIsNotThereIsOneLine() throws Exception {
    assertEquals(2, shell("${REDSTUFF%reference*}warp ${REDSTUFF##* } info"), err());
    assertEquals(1, err().lines().count(), err());
    assertTrue(err().startsWith("redstuff: "), err());
    assertTrue(err().contains("warp"), err());
  }
}
