package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file system that is really full, and permissions that are really missing.
 *
 * <p>The full one is a small tmpfs in a mount namespace of the process, which ends with it; where
 * the system allows none, these tests are skipped and say so. Root, whom permissions do not stop,
 * gives up the capabilities that make it so.
 */
class SystemLimitsTest {

  /** Becomes root of a namespace of its own, as root or not. */
  private static final String UNSHARE =
      "unshare --mount $([ $(id -u) = 0 ] || echo --map-root-user)";

  private static final String GIVE_UP =
      "setpriv --bounding-set=-dac_override,-dac_read_search"
          + " --inh-caps=-dac_override,-dac_read_search";

  @TempDir private Path directory;

  private Shell shell;
  private Path file;
  private Path slivers;

  @BeforeEach
  void encode() throws IOException {
    shell = new Shell(directory);
    file = TestFiles.random(directory, 300_000, 1);
    slivers = directory.resolve("slivers");
    Cli.encode(10, file, slivers);
    Files.createDirectories(directory.resolve("disk"));
  }

  /**
   * Runs {@code commands} with a file system of {@code pages} of 4 KiB at {@code disk}; what is on
   * it in the end is then in the directory {@code left}. Gives the exit code of the last command.
   */
  private int onSmallDisk(int pages, String commands) throws Exception {
    String mount = "mount -t tmpfs -o size=" + 4 * pages + "k,nr_inodes=200 small disk";
    assumeTrue(
        shell.run(UNSHARE + " sh -c '" + mount + "'") == 0,
        () -> "no tmpfs can be mounted here: " + readErr());
    return shell.run(
        UNSHARE
            + " sh -c '"
            + mount
            + " && { "
            + commands
            + "; code=$?; cp -a disk left && exit $code; }'");
  }

  private String readErr() {
    try {
      return shell.err();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void assertOneLine(String start) throws IOException {
    assertEquals(1, shell.err().lines().count(), shell.err());
    assertTrue(shell.err().startsWith("redstuff: " + start), shell.err());
  }

  private void assertDiskIsFull(String file) throws IOException {
    assertOneLine(file);
    assertTrue(shell.err().endsWith(": no space left on device\n"), shell.err());
  }

  private List<String> left() {
    return TestFiles.tree(directory.resolve("left"));
  }

  /** Full in the first sliver, after a few, and with the metadata alone to come. */
  @ParameterizedTest
  @ValueSource(ints = {4, 100, 300, 300 + 4})
  void anEncodingThatDoesNotFitLeavesNothing(int pages) throws Exception {
    // 10 slivers of 75,017 bytes in 19 pages each and 10 of 42,871 in 11, metadata in 1.
    int exitCode = onSmallDisk(pages, "$REDSTUFF encode -n 10 -o disk/new random-*");
    if (pages > 301) {
      assertEquals(0, exitCode, shell.err());
      assertEquals(24, left().size());
    } else {
      assertEquals(2, exitCode, shell.err());
      assertDiskIsFull("disk/new/");
      assertEquals(List.of(), left());
    }
  }

  @Test
  void aDecodedBlobThatDoesNotFitLeavesTheOldFile() throws Exception {
    assertEquals(
        2, onSmallDisk(60, "echo old > disk/back && $REDSTUFF decode slivers -o disk/back"));
    assertDiskIsFull("disk/back: cannot be written");
    assertEquals(List.of("back"), left());
    assertEquals("old\n", Files.readString(directory.resolve("left/back")));
  }

  @Test
  void healingGoesAsFarAsThereIsRoom() throws Exception {
    // Room for all slivers but three primary ones; a second run with room completes the work.
    assertEquals(
        2,
        onSmallDisk(
            303,
            "cp -r slivers disk && rm disk/slivers/primary/000[0-4].bcs"
                + " && head -c 230000 /dev/zero > disk/filler && $REDSTUFF recover disk/slivers"));
    assertDiskIsFull("disk/slivers/primary/0002.bcs: cannot be written");
    Path left = directory.resolve("left/slivers");
    assertTrue(TestFiles.tree(left).stream().noneMatch(name -> name.endsWith(".part")));
    assertSameSlivers(left, 3);
    assertEquals(0, Cli.run("recover", left).exitCode());
    assertSameSlivers(left, 0);
  }

  private void assertSameSlivers(Path copy, int missing) throws IOException {
    int absent = 0;
    for (String name : TestFiles.tree(slivers)) {
      if (Files.notExists(copy.resolve(name))) {
        absent++;
      } else if (Files.isRegularFile(slivers.resolve(name))) {
        assertEquals(-1, Files.mismatch(slivers.resolve(name), copy.resolve(name)), name);
      }
    }
    assertEquals(missing, absent);
  }

  @Test
  void standardInputThatDoesNotFitTheTemporaryDirectoryIsOneLine() throws Exception {
    String command = "cat random-* | ${REDSTUFF%% *} -Djava.io.tmpdir=disk ${REDSTUFF#* }";
    assertEquals(2, onSmallDisk(60, command + " blob-id -n 10 -"));
    assertDiskIsFull("temporary file in disk");
    assertEquals(List.of(), left());
  }

  @Test
  void withoutInodesNothingIsWritten() throws Exception {
    assertEquals(2, onSmallDisk(1000, "$REDSTUFF encode -n 100 -o disk/new random-*"));
    assertDiskIsFull("disk/new/");
    assertEquals(List.of(), left());
  }

  /** Runs a command line as one whom permissions stop. */
  private int unprivileged(String command) throws Exception {
    assumeTrue(
        shell.run(asCommon("rm -f no; echo > no && chmod 0 no && ! cat no")) == 0,
        () -> "permissions stop nobody here: " + readErr());
    return shell.run(asCommon(command));
  }

  private static String asCommon(String command) {
    return "if [ $(id -u) = 0 ]; then set -- " + GIVE_UP + "; fi; \"$@\" sh -c '" + command + "'";
  }

  @Test
  void aSliverThatMayNotBeReadIsBad() throws Exception {
    assertEquals(1, unprivileged("chmod 0 slivers/primary/0001.bcs && $REDSTUFF verify slivers"));
    assertEquals("", shell.err());
    assertTrue(
        shell.out().contains("bad        primary/0001.bcs: cannot be read: permission denied\n"),
        shell.out());
    assertEquals(0, unprivileged("$REDSTUFF decode slivers -o back"), shell.err());
    assertOneLine("slivers/primary/0001.bcs: skipped: cannot be read: permission denied");
    assertEquals(-1, Files.mismatch(file, directory.resolve("back")));
    assertEquals(0, unprivileged("$REDSTUFF recover slivers"), shell.err());
    assertEquals(0, Cli.run("verify", slivers).exitCode());
  }

  @Test
  void filesAndDirectoriesThatMayNotBeReadAreOneLine() throws Exception {
    assertEquals(2, unprivileged("chmod 0 random-* && $REDSTUFF blob-id -n 10 random-*"));
    assertOneLine(file.getFileName() + ": permission denied");
    assertEquals(2, unprivileged("$REDSTUFF encode -n 10 -o new random-*"));
    assertOneLine(file.getFileName() + ": permission denied");
    assertTrue(Files.notExists(directory.resolve("new")));
    assertEquals(2, unprivileged("chmod 0 slivers/metadata.bcs && $REDSTUFF verify slivers"));
    assertOneLine("slivers/metadata.bcs: permission denied");
    assertEquals(
        2,
        unprivileged(
            "chmod 644 slivers/metadata.bcs && chmod 0 slivers/primary"
                + " && $REDSTUFF decode slivers -o back"));
    String err = shell.err();
    unprivileged("chmod 755 slivers/primary");
    assertEquals("redstuff: slivers/primary: permission denied\n", err);
  }

  @Test
  void directoriesThatMayNotBeWrittenToAreOneLine() throws Exception {
    assertEquals(2, unprivileged("chmod 555 disk && $REDSTUFF encode -n 10 -o disk/new random-*"));
    assertOneLine("disk/new: permission denied");
    assertEquals(2, unprivileged("$REDSTUFF decode slivers -o disk/back"));
    assertOneLine("disk/back: cannot be written: permission denied");
    assertEquals(
        2,
        unprivileged(
            "rm slivers/primary/0002.bcs && chmod 555 slivers/primary"
                + " && $REDSTUFF recover slivers"));
    assertOneLine("slivers/primary/0002.bcs: cannot be written: permission denied");
    assertEquals(
        0, unprivileged("chmod 755 slivers/primary && $REDSTUFF recover slivers"), shell.err());
    assertEquals(0, Cli.run("verify", slivers).exitCode());
  }
}
