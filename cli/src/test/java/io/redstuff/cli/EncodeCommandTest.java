package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.store.AtomicFile;
import io.redstuff.store.FullDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodeCommandTest {

  // The official encoder's output for 4 shards.
  private static final String BLOB = "7235548658c86f6cc4124f31";
  private static final String ID =
      "b0452cce66f40ae51fe65955a31cd2a4fddd5a1f7c64861b4a93c579f7dad31b";
  private static final List<String> HASHES =
      List.of(
          "34c2014d3c05dd04a4ca3d993afd710e4d7d68c3ed6c314b4872585a98ecc08d",
          "7fdc02126b333bad1ccdabaf7686639851eb0d2797c05660638ae7bdb67022fb",
          "edb873bae4e204af9c6d3062baba3328c113ea72b05c7e4306167b438cf6b989",
          "76372e66e5238f396f10d80e6b84ba63524ca16c14e52fa385242544dc828577",
          "600921e89aa0c90f7ebf18cf06e0b539ce2744be334a7a6f37470ed1a8bc33b5",
          "df74413d354591ea9e7ab6aa95a5df8890031e4a8d681686dedf29bd21cf1cf8",
          "7b9a26f366dd292a8b1dbb29c6d4323af2fd3acc668c5370d9a2d318cc27afa4",
          "8cb5a6b83dd9e85614c9383bd17ac5f0ab3abe076d091c530fe2eb3c7b5d45ee");
  private static final List<String> PRIMARY =
      List.of(
          "067235548658c802000000",
          "066f6cc4124f3102000100",
          "06e1a6b446d58502000200",
          "06fcff24d2c27c02000300");
  private static final List<String> SECONDARY =
      List.of(
          "047e7be44f02000300", "0458c84f3102000200", "045486c41202000100", "0472356f6c02000000");

  private static final List<String> TREE_OF_4 =
      List.of(
          "metadata.bcs",
          "primary",
          "primary/0000.bcs",
          "primary/0001.bcs",
          "primary/0002.bcs",
          "primary/0003.bcs",
          "secondary",
          "secondary/0000.bcs",
          "secondary/0001.bcs",
          "secondary/0002.bcs",
          "secondary/0003.bcs");

  @TempDir private Path directory;

  private Path out() {
    return directory.resolve("out");
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }

  @Test
  void writesWhatTheOfficialEncoderDoes() throws IOException {
    Path file = Files.write(directory.resolve("blob"), HexFormat.of().parseHex(BLOB));
    Cli run = Cli.run("encode", "-n", 4, "-o", out(), file);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertEquals(TREE_OF_4, TestFiles.tree(out()));
    for (int p = 0; p < 4; p++) {
      assertEquals(PRIMARY.get(p), hex(out().resolve("primary/000" + p + ".bcs")));
      assertEquals(SECONDARY.get(p), hex(out().resolve("secondary/000" + p + ".bcs")));
    }
    assertEquals(
        ID + "0001" + "0c00000000000000" + "04" + "01" + String.join("01", HASHES),
        hex(out().resolve("metadata.bcs")));
  }

  @Test
  void printsTheBlobIdAndNothingElse() throws IOException {
    Cli run = Cli.run("encode", "-n", 10, "-o", out(), TestFiles.walrus(directory));
    assertEquals(TestFiles.WALRUS_ID + "\n", run.out());
    assertEquals("", run.err());
  }

  @Test
  void readsStandardInput() {
    Cli run = Cli.withInput(TestFiles.WALRUS, "encode", "-n", 10, "-o", out(), "-");
    assertEquals(TestFiles.WALRUS_ID + "\n", run.out());
    assertEquals(21 + 2, TestFiles.tree(out()).size());
  }

  @Test
  void makesParentDirectories() throws IOException {
    Path deep = directory.resolve("a/b/c");
    assertEquals(0, Cli.run("encode", "-n", 4, "-o", deep, TestFiles.walrus(directory)).exitCode());
    assertEquals(TREE_OF_4, TestFiles.tree(deep));
  }

  @Test
  void usesAnEmptyDirectory() throws IOException {
    Files.createDirectory(out());
    assertEquals(
        0, Cli.run("encode", "-n", 4, "-o", out(), TestFiles.walrus(directory)).exitCode());
  }

  @Test
  void refusesADirectoryThatIsNotEmpty() throws IOException {
    Files.createDirectory(out());
    Files.createFile(out().resolve("something"));
    Cli run = Cli.run("encode", "-n", 4, "-o", out(), TestFiles.walrus(directory));
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertEquals(
        List.of(
            "redstuff: " + out() + ": directory is not empty (--force replaces an encoding in it)"),
        run.errLines());
    assertEquals(List.of("something"), TestFiles.tree(out()));
  }

  @Test
  void forceReplacesAnEncodingOfMoreShardsAndLeavesForeignFiles() throws IOException {
    Path file = TestFiles.walrus(directory);
    Cli.encode(10, file, out());
    List<String> foreign =
        List.of("notes.txt", "primary/0000.bcs.bak", "primary/old.bcs", "secondary/123.bcs");
    for (String name : foreign) {
      Files.createFile(out().resolve(name));
    }
    Files.createFile(out().resolve("primary/.0007.bcs.0123456789abcdef.part"));
    Files.createFile(out().resolve(".metadata.bcs.0123456789abcdef.part"));
    Files.createFile(out().resolve("primary/00005.bcs"));
    Cli run = Cli.run("encode", "-n", 4, "--force", "-o", out(), file);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    List<String> expected = new ArrayList<>(TREE_OF_4);
    expected.addAll(foreign);
    expected.sort(null);
    assertEquals(expected, TestFiles.tree(out()));
  }

  /** The slivers of the one axis would overwrite those of the other. */
  @Test
  void forceRefusesAxesThatAreOneDirectory() throws IOException {
    Path file = TestFiles.walrus(directory);
    Cli.encode(4, file, out());
    TestFiles.deleteTree(out().resolve("secondary"));
    Files.createSymbolicLink(out().resolve("secondary"), out().resolve("primary"));
    List<String> before = TestFiles.tree(out());
    Cli run = Cli.run("encode", "-n", 4, "--force", "-o", out(), file);
    assertEquals(
        List.of("redstuff: " + out() + ": primary and secondary are the same directory"),
        run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals(before, TestFiles.tree(out()));
  }

  @Test
  void forceDoesNotDeleteItsOwnInput() throws IOException {
    Cli.encode(4, TestFiles.walrus(directory), out());
    for (String name : List.of("primary/0003.bcs", "metadata.bcs")) {
      Path input = out().resolve(name);
      Cli run = Cli.run("encode", "-n", 4, "--force", "-o", out(), input);
      assertEquals(2, run.exitCode());
      assertEquals(
          List.of("redstuff: " + input + ": lies among the files to be replaced"), run.errLines());
    }
    assertEquals(TREE_OF_4, TestFiles.tree(out()));
  }

  @Test
  void encodesAFileThatLiesInTheDirectoryBesideTheSlivers() throws IOException {
    Files.createDirectory(out());
    Path input = TestFiles.walrus(out());
    Cli run = Cli.run("encode", "-n", 10, "--force", "-o", out(), input);
    assertEquals(TestFiles.WALRUS_ID + "\n", run.out());
    assertArrayEquals(TestFiles.WALRUS, Files.readAllBytes(input));
  }

  @Test
  void aBadOutputIsRefusedBeforeTheInputIsRead() throws IOException {
    Files.createFile(out());
    InputStream unread =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("standard input was read");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return read();
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
            new PrintStream(err, true, UTF_8),
            unread,
            "encode",
            "-o",
            out().toString(),
            "-");
    assertEquals(2, exitCode);
    assertEquals(
        "redstuff: " + out() + ": already exists and is not a directory\n", err.toString(UTF_8));
  }

  @Test
  void aMissingInputMakesNoDirectory() {
    Path missing = directory.resolve("missing");
    Cli run = Cli.run("encode", "-n", 4, "-o", out(), missing);
    assertEquals(2, run.exitCode());
    assertEquals(List.of("redstuff: " + missing + ": no such file or directory"), run.errLines());
    assertFalse(Files.exists(out()));
  }

  @Test
  void aBlobOverTheLimitMakesNoDirectory() throws IOException {
    Path file = TestFiles.random(directory, 393_205, 2);
    Cli run = Cli.run("encode", "-n", 4, "-o", out(), file);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of(
            "redstuff: "
                + file
                + ": too long for a blob: got 393205 bytes, expected at most 393204 with 4 shards"),
        run.errLines());
    assertFalse(Files.exists(out()));
  }

  @Test
  void refusesAnOutputBelowAFile() throws IOException {
    Path file = TestFiles.walrus(directory);
    Cli run = Cli.run("encode", "-n", 4, "-o", file.resolve("a/b"), file);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of("redstuff: " + file + ": already exists and is not a directory"), run.errLines());
    assertArrayEquals(TestFiles.WALRUS, Files.readAllBytes(file));
  }

  @Test
  void refusesAnOutputThatCannotBeMade() throws IOException {
    // Nobody, not even root, makes a directory there.
    Path file = TestFiles.walrus(directory);
    Cli run = Cli.run("encode", "-n", 4, "-o", "/proc/redstuff", file);
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size());
    assertTrue(run.err().startsWith("redstuff: /proc/redstuff: "), run.err());
  }

  @Test
  void refusesAFileWhereSliversGo() throws IOException {
    Path file = TestFiles.walrus(directory);
    Files.createDirectory(out());
    Files.createFile(out().resolve("secondary"));
    Cli run = Cli.run("encode", "-n", 4, "--force", "-o", out(), file);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of("redstuff: " + out() + "/secondary: already exists and is not a directory"),
        run.errLines());
    assertEquals(List.of("secondary"), TestFiles.tree(out()));
  }

  // 4 slivers of 11 bytes, 4 of 9 and metadata of 307 bytes: full in the first sliver, between
  // slivers, in a trailer, and in the metadata, which is last.
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10, 11, 40, 79, 80, 386})
  void aFullDiskLeavesNothing(long room) throws IOException {
    Path file = Files.write(directory.resolve("blob"), HexFormat.of().parseHex(BLOB));
    Cli run =
        Cli.withFiles(
            FullDisk.filesOf(room), "encode", "-n", 4, "-o", directory.resolve("a/out"), file);
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(
        run.err().matches("redstuff: .*\\.bcs: cannot be written: no space left on device\n"),
        run.err());
    assertEquals(List.of("blob"), TestFiles.tree(directory));
  }

  @Test
  void aDiskWithJustEnoughRoomIsEnough() throws IOException {
    Path file = Files.write(directory.resolve("blob"), HexFormat.of().parseHex(BLOB));
    Cli run = Cli.withFiles(FullDisk.filesOf(387), "encode", "-n", 4, "-o", out(), file);
    assertEquals(0, run.exitCode());
    assertEquals(TREE_OF_4, TestFiles.tree(out()));
  }

  @Test
  void aFullDiskLeavesADirectoryThatWasThere() throws IOException {
    Path file = TestFiles.walrus(directory);
    Files.createDirectory(out());
    assertEquals(
        2, Cli.withFiles(FullDisk.filesOf(50), "encode", "-n", 4, "-o", out(), file).exitCode());
    assertEquals(List.of(), TestFiles.tree(out()));
  }

  @Test
  void aFullDiskWithForceLeavesTheEarlierEncoding() throws IOException {
    Path file = TestFiles.walrus(directory);
    Cli.encode(10, file, out());
    Files.createFile(out().resolve("notes.txt"));
    List<String> before = TestFiles.tree(out());
    assertEquals(
        2,
        Cli.withFiles(FullDisk.filesOf(50), "encode", "-n", 4, "--force", "-o", out(), file)
            .exitCode());
    assertEquals(before, TestFiles.tree(out()));
    assertEquals(0, Cli.run("verify", "--blob-id", TestFiles.WALRUS_ID, out()).exitCode());
  }

  @Test
  void noFileHasItsFinalNameBeforeAllAreWhole() throws IOException {
    Path file = TestFiles.walrus(directory);
    List<String> written = new ArrayList<>();
    FullDisk.Opener watching =
        (temporary, options) -> {
          String name = temporary.getFileName().toString();
          assertTrue(AtomicFile.isTemporary(name), name);
          assertTrue(files(out()).stream().allMatch(AtomicFile::isTemporary));
          written.add(name.substring(1, name.length() - ".0123456789abcdef.part".length()));
          return FileChannel.open(temporary, options);
        };
    assertEquals(0, Cli.withFiles(watching, "encode", "-n", 4, "-o", out(), file).exitCode());
    assertEquals(9, written.size());
    written.sort(null);
    assertEquals(written, files(out()));
  }

  @Test
  void theMetadataIsWrittenLast() throws IOException {
    Path file = TestFiles.walrus(directory);
    List<String> written = new ArrayList<>();
    FullDisk.Opener watching =
        (temporary, options) -> {
          written.add(out().relativize(temporary).toString());
          return FileChannel.open(temporary, options);
        };
    Cli.withFiles(watching, "encode", "-n", 4, "-o", out(), file);
    assertTrue(written.getLast().startsWith(".metadata.bcs."), written.toString());
  }

  @Test
  void aVanishedDirectoryIsOneLine() throws IOException {
    Path file = TestFiles.walrus(directory);
    List<Path> made = new ArrayList<>();
    FullDisk.Opener vanishing =
        (temporary, options) -> {
          made.add(temporary);
          if (made.size() == 4) {
            TestFiles.deleteTree(out());
          }
          return FileChannel.open(temporary, options);
        };
    Cli run = Cli.withFiles(vanishing, "encode", "-n", 4, "-o", out(), file);
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(
        run.err()
            .matches(
                "redstuff: "
                    + out()
                    + "/(primary|secondary)/000[0-3].bcs: cannot be written: no such file or"
                    + " directory\n"),
        run.err());
    assertFalse(Files.exists(out()));
  }

  private static List<String> files(Path root) {
    try (var paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
