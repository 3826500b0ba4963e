package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way in which a file can be wrong, with every command that reads it: one line with the name
 * of the file and the right exit code, and nothing wrong comes out. With 10 shards, 4 primary or 7
 * secondary slivers decode; primary slivers here are mapped, secondary ones are read.
 */
class DamagedFilesTest {

  private static final List<String> AXES = List.of("primary", "secondary");
  private static final String VICTIM = "0003.bcs";
  private static final String SIBLING = "0002.bcs";

  @TempDir private Path directory;

  private final Random random = new Random();
  private Path file;
  private Path out;
  private Path other;
  private Path back;
  private String id;
  private Map<String, byte[]> whole;

  @BeforeEach
  void encode() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    random.setSeed(seed);
    out = directory.resolve("out");
    other = directory.resolve("other");
    back = directory.resolve("back");
    file = TestFiles.random(directory, 300_000, 1);
    id = Cli.encode(10, file, out);
    Cli.encode(10, TestFiles.random(directory, 300_000, 2), other);
    whole = content();
  }

  private Map<String, byte[]> content() throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    for (String name : TestFiles.tree(out)) {
      if (Files.isRegularFile(out.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        content.put(name, Files.readAllBytes(out.resolve(name)));
      }
    }
    return content;
  }

  private void assertWhole() throws IOException {
    Map<String, byte[]> now = content();
    assertEquals(whole.keySet(), now.keySet());
    whole.forEach((name, bytes) -> assertArrayEquals(bytes, now.get(name), name));
  }

  private void strike(FileFault fault, String name, String sibling) throws IOException {
    fault.strike(out.resolve(name), out.resolve(sibling), other.resolve(name), random);
  }

  private static int badFiles(FileFault fault) {
    return fault == FileFault.SWAPPED_WITH_SIBLING ? 2 : 1;
  }

  @ParameterizedTest
  @EnumSource
  void verifyNamesTheSliver(FileFault fault) throws IOException {
    for (String axis : AXES) {
      strike(fault, axis + "/" + VICTIM, axis + "/" + SIBLING);
    }
    Cli run = Cli.run("verify", out);
    assertEquals(1, run.exitCode());
    assertEquals("", run.err());
    int bad = badFiles(fault);
    for (String axis : AXES) {
      assertTrue(run.out().contains("\nbad        " + axis + "/" + VICTIM + ": "), run.out());
      String count = " " + (10 - bad) + " good, 0 missing, " + bad + " bad ";
      assertTrue(
          run.out().lines().anyMatch(line -> line.startsWith(axis) && line.contains(count)),
          run.out());
    }
    assertTrue(run.out().endsWith("decodable  yes\n"), run.out());
  }

  @ParameterizedTest
  @EnumSource
  void decodeDoesWithoutTheSliverOrNotAtAll(FileFault fault) throws IOException {
    for (String axis : AXES) {
      strike(fault, axis + "/" + VICTIM, axis + "/" + SIBLING);
    }
    for (String axis : AXES) {
      Cli run = Cli.run("decode", out, "--axis", axis, "-o", back);
      assertEquals(0, run.exitCode(), run.err());
      assertEquals(badFiles(fault), run.errLines().size(), run.err());
      Path bad = out.resolve(axis).resolve(VICTIM);
      assertTrue(run.err().contains("redstuff: " + bad + ": skipped: "), run.err());
      assertEquals(-1, Files.mismatch(file, back));
      Files.delete(back);
    }
    // With the damaged ones there are just as many as are needed, so there are too few.
    leave("primary", 4);
    leave("secondary", 7);
    for (String axis : AXES) {
      Cli run = Cli.run("decode", out, "--axis", axis, "-o", back);
      assertEquals(1, run.exitCode());
      assertEquals(badFiles(fault) + 1, run.errLines().size(), run.err());
      assertTrue(run.errLines().getLast().contains(": too few good slivers: "), run.err());
      assertFalse(Files.exists(back));
    }
  }

  private void leave(String axis, int pairs) throws IOException {
    for (int pair = pairs; pair < 10; pair++) {
      Files.delete(out.resolve(TestFiles.sliver(axis, pair)));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DIRECTORY")
  void recoverPutsTheRightSliverThere(FileFault fault) throws IOException {
    for (String axis : AXES) {
      strike(fault, axis + "/" + VICTIM, axis + "/" + SIBLING);
    }
    Cli run = Cli.run("recover", out);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("\nwas bad    primary/" + VICTIM + ": "), run.out());
    assertTrue(run.out().endsWith("whole      yes\n"), run.out());
    assertWhole();
    assertEquals(0, Cli.run("verify", "--blob-id", id, out).exitCode());
  }

  @Test
  void recoverDoesNotReplaceADirectory() throws IOException {
    strike(FileFault.DIRECTORY, "primary/" + VICTIM, "primary/" + SIBLING);
    Cli run = Cli.run("recover", out);
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    Path victim = out.resolve("primary").resolve(VICTIM);
    assertTrue(run.err().startsWith("redstuff: " + victim + ": cannot be written: "), run.err());
    assertTrue(Files.isDirectory(victim));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsDoneWithMetadataThatIsWrong(FileFault fault) throws IOException {
    strike(fault, "metadata.bcs", "primary/" + SIBLING);
    List<String> tree = TestFiles.tree(directory);
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("verify", out),
            List.of("decode", out, "-o", back),
            List.of("recover", out),
            List.of("dispute", out, "-o", back),
            List.of("prove", out, "--symbol", "1-2", "-o", back))) {
      Object[] words =
          Stream.concat(command.stream(), Stream.of("--blob-id", id)).toArray(Object[]::new);
      Cli run = Cli.run(words);
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().startsWith("redstuff: " + out), run.err());
      assertTrue(run.err().contains("metadata.bcs"), run.err());
      assertEquals("", run.out());
      boolean unreadable =
          switch (fault) {
            case LINK_TO_ITSELF, LINK_TO_NOTHING, DIRECTORY -> true;
            default -> false;
          };
      assertEquals(unreadable ? 2 : 1, run.exitCode(), run.err());
      assertEquals(tree, TestFiles.tree(directory));
    }
  }

  @Test
  void metadataWithoutAnEndIsNotReadToTheEnd() throws IOException {
    strike(FileFault.LINK_TO_AN_ENDLESS_DEVICE, "metadata.bcs", "primary/" + SIBLING);
    assertEquals(
        List.of(
            "redstuff: "
                + out
                + "/metadata.bcs: at byte 3244294: metadata: got more bytes, expected at most"
                + " 3244294"),
        Cli.run("verify", out).errLines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary", "secondary"})
  void aLoopInPlaceOfTheSliversIsOneLine(String axis) throws IOException {
    TestFiles.deleteTree(out.resolve(axis));
    Files.createSymbolicLink(out.resolve(axis), Path.of(axis));
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("verify", out), List.of("decode", out, "-o", back), List.of("recover", out))) {
      Cli run = Cli.run(command.toArray());
      assertEquals(2, run.exitCode());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().startsWith("redstuff: " + out.resolve(axis) + ": "), run.err());
      assertFalse(Files.exists(back));
    }
  }

  @Test
  void aFileInPlaceOfTheSliversIsOneLine() throws IOException {
    TestFiles.deleteTree(out.resolve("primary"));
    Files.createFile(out.resolve("primary"));
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("verify", out), List.of("decode", out, "-o", back), List.of("recover", out))) {
      Cli run = Cli.run(command.toArray());
      assertEquals(2, run.exitCode());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().startsWith("redstuff: " + out.resolve("primary") + ": "), run.err());
    }
  }

  @Test
  void aLoopIsNeitherRoomForSliversNorADirectoryOfThem() throws IOException {
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
    Cli encode = Cli.run("encode", "-n", 10, "-o", loop, file);
    assertEquals(2, encode.exitCode());
    assertEquals(1, encode.errLines().size(), encode.err());
    assertTrue(encode.err().startsWith("redstuff: " + loop + ": "), encode.err());
    for (String command : List.of("verify", "recover")) {
      Cli run = Cli.run(command, loop);
      assertEquals(2, run.exitCode());
      assertEquals(List.of("redstuff: " + loop + ": no such directory"), run.errLines());
    }
    assertTrue(Files.isSymbolicLink(loop));
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "nothing"})
  void decodeLeavesALinkThatLeadsNowhere(String target) throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("loop"), Path.of(target));
    Cli run = Cli.run("decode", out, "-o", link);
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().startsWith("redstuff: " + link + ": "), run.err());
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Files.exists(directory.resolve("nothing")));
  }

  @ParameterizedTest
  @EnumSource(names = {"LINK_TO_ITSELF", "LINK_TO_NOTHING", "DIRECTORY"})
  void aBlobThatCannotBeReadIsOneLine(FileFault fault) throws IOException {
    Path blob = TestFiles.walrus(directory);
    fault.strike(blob, file, file, random);
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("blob-id", blob),
            List.of("encode", "-n", 4, "-o", directory.resolve("new"), blob))) {
      Cli run = Cli.run(command.toArray());
      assertEquals(2, run.exitCode());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().startsWith("redstuff: " + blob + ": "), run.err());
      assertEquals("", run.out());
      assertFalse(Files.exists(directory.resolve("new")));
    }
  }

  @Test
  void aDeviceThatFailsWhileItIsReadIsOneLine() {
    // Reading it at 0, where nothing is mapped, is an input/output error.
    Path device = Path.of("/proc/self/mem");
    Path made = directory.resolve("new");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("blob-id", device), List.of("encode", "-n", 4, "-o", made, device))) {
      Cli run = Cli.run(command.toArray());
      assertEquals(2, run.exitCode());
      assertEquals(
          List.of(
              "redstuff: /proc/self/mem: " + TestFiles.refusal(() -> Files.readAllBytes(device))),
          run.errLines());
      assertFalse(Files.exists(made));
    }
  }

  @Test
  void aFileWithHolesOverTheLimitOfAThousandShardsIsRefusedAtOnce() throws IOException {
    Path blob = directory.resolve("long");
    Path made = directory.resolve("new");
    try (RandomAccessFile sparse = new RandomAccessFile(blob.toFile(), "rw")) {
      sparse.setLength(14_599_533_453L);
    }
    for (List<Object> command :
        List.<List<Object>>of(List.of("blob-id", blob), List.of("encode", "-o", made, blob))) {
      Cli run = Cli.run(command.toArray());
      assertEquals(2, run.exitCode());
      assertEquals(
          List.of(
              "redstuff: "
                  + blob
                  + ": too long for a blob: got 14599533453 bytes, expected at most 14599533452"
                  + " with 1000 shards"),
          run.errLines());
      assertFalse(Files.exists(made));
    }
  }
}
