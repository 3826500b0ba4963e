package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, where the system itself makes trouble. */
class ProcessTest {

  @TempDir private Path directory;

  private Shell shell;

  @BeforeEach
  void shell() {
    shell = new Shell(directory);
  }

  @Test
  void endsWithTheExitCode() throws Exception {
    TestFiles.walrus(directory);
    assertEquals(0, shell.run("$REDSTUFF blob-id -n 10 - < walrus.txt"), shell.err());
    assertEquals(TestFiles.WALRUS_ID + "  -\n", shell.out());
    assertEquals("", shell.err());
    assertEquals(2, shell.run("$REDSTUFF blob-id -n 10 missing"));
    assertEquals("redstuff: missing: no such file or directory\n", shell.err());
  }

  @Test
  void aFullStandardOutputIsAFailure() throws Exception {
    TestFiles.walrus(directory);
    assertEquals(2, shell.run("$REDSTUFF blob-id -n 10 walrus.txt > /dev/full"));
    assertEquals("redstuff: standard output: write failed\n", shell.err());
  }

  @Test
  void filesThatTheSystemRefusesToLetGrowLeaveNothing() throws Exception {
    TestFiles.random(directory, 100_000, 4);
    // Blocks of 512 or 1024 bytes, as the shell has it; primary slivers of this blob have 33340.
    assertEquals(
        2, shell.run("ulimit -f 4 && $REDSTUFF encode -n 4 -o slivers random-*"), shell.err());
    assertEquals(
        List.of("redstuff: slivers/primary/0000.bcs: cannot be written: file too large"),
        shell.err().lines().toList());
    assertEquals(List.of("err", "out", "random-100000-4"), TestFiles.tree(directory));
  }

  @Test
  void aForcedEngineThatIsNotThereIsOneLine() throws Exception {
    assertEquals(2, shell.run("${REDSTUFF%plain*}warp ${REDSTUFF##* } info"), shell.err());
    assertEquals(1, shell.err().lines().count(), shell.err());
    assertTrue(shell.err().startsWith("redstuff: "), shell.err());
    assertTrue(shell.err().contains("warp"), shell.err());
  }
}
