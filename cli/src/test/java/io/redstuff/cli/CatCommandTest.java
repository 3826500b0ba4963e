package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatCommandTest {

  private static final int SHARDS = 10;
  private static final int LENGTH = 300_000;

  @TempDir private Path directory;

  private Path out;
  private byte[] blob;

  @BeforeEach
  void encode() throws IOException {
    Path file = TestFiles.random(directory, LENGTH, 4);
    blob = Files.readAllBytes(file);
    out = directory.resolve("out");
    Cli.encode(SHARDS, file, out);
  }

  private void assertRange(String range, int from, int to, Object... options) {
    Object[] args = Arrays.copyOf(new Object[] {"cat", out, "--range", range}, 4 + options.length);
    System.arraycopy(options, 0, args, 4, options.length);
    Cli run = Cli.run(args);
    assertEquals("", run.err(), range);
    assertEquals(0, run.exitCode(), range);
    assertArrayEquals(Arrays.copyOfRange(blob, from, to), run.stdout(), range);
  }

  private void delete(String axis, int... pairs) throws IOException {
    for (int pair : pairs) {
      Files.delete(out.resolve(axis).resolve("000" + pair + ".bcs"));
    }
  }

  @Test
  void writesTheBytesThatAreAskedFor() {
    assertRange("0-0", 0, 1);
    assertRange("0-1023", 0, 1024);
    assertRange("74990-75010", 74990, 75011);
    assertRange("299999-", 299_999, LENGTH);
    assertRange("-100", LENGTH - 100, LENGTH);
    assertRange("-0", LENGTH, LENGTH);
    assertRange("-400000", 0, LENGTH);
    assertRange("299990-400000", 299_990, LENGTH);
    assertRange("0-", 0, LENGTH, "--check", "all");
    assertArrayEquals(blob, Cli.run("cat", out).stdout());
  }

  @Test
  void recoversWhatIsMissing() throws IOException {
    delete("primary", 0, 2, 5);
    delete("secondary", 0, 8, 9);
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      int from = random.nextInt(LENGTH);
      int last = Math.min(LENGTH - 1, from + random.nextInt(3000));
      assertRange(
          from + "-" + last, from, last + 1, "--check", round % 2 == 0 ? "all" : "RECOVERED");
    }
    assertRange("0-", 0, LENGTH);
  }

  @Test
  void tooFewSliversAreNotEnough() throws IOException {
    delete("primary", 0, 1, 2, 3, 4, 5, 6);
    delete("secondary", 0, 6, 7, 9);
    Cli run = Cli.run("cat", out);
    assertEquals(1, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
  }

  @Test
  void aBadSliverIsNotUsedWhereItIsChecked() throws IOException {
    TestFiles.flipBit(out.resolve("primary/0000.bcs"), 20);
    assertRange("0-99", 0, 100, "--check", "all");
    byte[] unchecked = Cli.run("cat", out, "--range", "0-99").stdout();
    assertEquals(17, Arrays.mismatch(blob, 0, 100, unchecked, 0, 100));
  }

  @Test
  void aFileThatIsNoSuchSliverIsNamed() throws IOException {
    Path bad = out.resolve("primary/0000.bcs");
    Files.write(bad, new byte[5]);
    Cli run = Cli.run("cat", out, "--range", "0-9");
    assertEquals(0, run.exitCode());
    assertArrayEquals(Arrays.copyOf(blob, 10), run.stdout());
    assertEquals(
        List.of("redstuff: " + bad + ": skipped: got a file of 5 bytes, expected 75019"),
        run.errLines());
  }

  @Test
  void tellsHowMuchItRead() {
    Cli run = Cli.run("cat", out, "--range", "100-199", "--stats");
    assertEquals(List.of("redstuff: read 100 bytes of 1 slivers for 100 bytes"), run.errLines());
  }

  @Test
  void misuseIsOneLine() {
    for (String range : List.of("5-4", "-", "a-b")) {
      assertMisuse(
          range,
          "invalid value for option '--range': got '"
              + range
              + "', expected bytes such as 0-1023, 4096- or -100 - see 'redstuff cat --help'");
    }
    assertMisuse("300000-", "--range: got byte 300000, expected one of a blob of 300000 bytes");
  }

  private void assertMisuse(String range, String message) {
    Cli run = Cli.run("cat", out, "--range=" + range);
    assertEquals(List.of("redstuff: " + message), run.errLines());
    assertEquals(2, run.exitCode());
  }

  @Test
  void anEmptyBlobHasNoBytes() throws IOException {
    Path empty = directory.resolve("nothing");
    Cli.encode(SHARDS, Files.createFile(directory.resolve("empty")), empty);
    Cli run = Cli.run("cat", empty);
    assertEquals(0, run.exitCode());
    assertEquals(0, run.stdout().length);
    assertTrue(run.err().isEmpty(), run.err());
  }
}
