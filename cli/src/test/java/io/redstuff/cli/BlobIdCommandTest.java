package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobIdCommandTest {

  private static final String EMPTY_ID_1000 = "3GPQL3HZNnFhN_F7l5Aa-X1VOtAKwIsg9zuWk8R81v4";
  private static final String COUNTING_ID_1000 = "DT8sosEzCz5bWLenUKGdt7j5zmIvlw5snOECpXQViII";

  @TempDir private Path directory;

  @Test
  void printsThePublishedId() throws IOException {
    Path file = TestFiles.walrus(directory);
    Cli run = Cli.run("blob-id", "-n", 10, file);
    assertEquals(TestFiles.WALRUS_ID + "  " + file + "\n", run.out());
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
  }

  @Test
  void hasAThousandShardsUnlessToldOtherwise() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    byte[] bytes = new byte[10_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 42);
    }
    Path counting = Files.write(directory.resolve("counting"), bytes);
    Cli run = Cli.run("blob-id", empty, counting);
    assertEquals(
        EMPTY_ID_1000 + "  " + empty + "\n" + COUNTING_ID_1000 + "  " + counting + "\n", run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void readsStandardInput() {
    Cli run = Cli.withInput(TestFiles.WALRUS, "blob-id", "-n", 10, "-");
    assertEquals(TestFiles.WALRUS_ID + "  -\n", run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void emptyStandardInputAndEmptyFileAreTheSameBlob() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    String ofFile = Cli.run("blob-id", "-n", 4, empty).out();
    String ofInput = Cli.run("blob-id", "-n", 4, "-").out();
    assertEquals(ofFile.substring(0, 43), ofInput.substring(0, 43));
  }

  @Test
  void mappedReadAndSpilledBytesAreTheSameBlob() throws IOException {
    // 100,001 bytes are mapped, and more than one buffer when spilled.
    Path large = TestFiles.random(directory, 100_001, 1);
    String ofFile = Cli.run("blob-id", "-n", 7, large).out();
    String ofInput = Cli.withInput(Files.readAllBytes(large), "blob-id", "-n", 7, "-").out();
    assertEquals(ofFile.substring(0, 43), ofInput.substring(0, 43));
  }

  @Test
  void goesOnAfterAFileThatCannotBeRead() throws IOException {
    Path file = TestFiles.walrus(directory);
    Path missing = directory.resolve("missing");
    Path below = file.resolve("below");
    Cli run = Cli.run("blob-id", "-n", 10, missing, file, directory, below, file);
    String line = TestFiles.WALRUS_ID + "  " + file + "\n";
    assertEquals(line + line, run.out());
    assertEquals(
        List.of(
            "redstuff: " + missing + ": no such file or directory",
            "redstuff: " + directory + ": is a directory",
            "redstuff: " + below + ": " + TestFiles.refusal(() -> Files.readAllBytes(below))),
        run.errLines());
    assertEquals(2, run.exitCode());
  }

  @Test
  void goesOnAfterAFileThatCannotBeReadWithoutOptionsToo() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    Path missing = directory.resolve("missing");
    Cli run = Cli.run("blob-id", missing, empty);
    assertEquals(EMPTY_ID_1000 + "  " + empty + "\n", run.out());
    assertEquals(List.of("redstuff: " + missing + ": no such file or directory"), run.errLines());
    assertEquals(2, run.exitCode());
  }

  @Test
  void aDashAmongTheFilesIsStandardInput() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    Cli run = Cli.run("blob-id", empty, "-");
    assertEquals(EMPTY_ID_1000 + "  " + empty + "\n" + EMPTY_ID_1000 + "  -\n", run.out());
  }

  @Test
  void refusesABlobOverTheLimit() throws IOException {
    Path file = directory.resolve("long");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(393_205);
    }
    Cli run = Cli.run("blob-id", "-n", 4, file);
    assertEquals(
        List.of(
            "redstuff: "
                + file
                + ": too long for a blob: got 393205 bytes, expected at most 393204 with 4 shards"),
        run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals(0, Cli.run("blob-id", "-n", 5, file).exitCode());
  }

  @Test
  void stopsReadingAnEndlessInput() {
    List<String> before = spilled();
    Cli run = Cli.run("blob-id", "-n", 4, "/dev/zero");
    assertEquals(
        List.of(
            "redstuff: /dev/zero: too long for a blob: got 393216 bytes or more, expected at most"
                + " 393204 with 4 shards"),
        run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals(before, spilled());
  }

  @Test
  void readsAFileThatSaysItIsEmpty() throws IOException {
    byte[] version = Files.readAllBytes(Path.of("/proc/version"));
    Path copy = Files.write(directory.resolve("copy"), version);
    assertEquals(
        Cli.run("blob-id", "-n", 4, copy).out().substring(0, 43),
        Cli.run("blob-id", "-n", 4, "/proc/version").out().substring(0, 43));
  }

  @Test
  void escapesFileNamesAsSha256sumDoes() throws IOException {
    Path file = Files.write(directory.resolve("a\\b\nc"), TestFiles.WALRUS);
    Cli run = Cli.run("blob-id", "-n", 10, file);
    assertEquals("\\" + TestFiles.WALRUS_ID + "  " + directory + "/a\\\\b\\nc\n", run.out());
  }

  @Test
  void leavesNoTemporaryFile() {
    List<String> before = spilled();
    Cli.withInput(TestFiles.WALRUS, "blob-id", "-n", 10, "-");
    assertEquals(before, spilled());
  }

  private static List<String> spilled() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("redstuff-") && name.endsWith(".blob"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
