package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.RedStuff;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.FullDisk;
import io.redstuff.stream.EncodingPlan;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Memory, temporary files and the kind of input change how a blob is encoded, and no byte of it.
 */
class BoundedMemoryTest {

  private static final int SHARDS = 100;
  private static final int LENGTH = 130_000;

  @TempDir private Path directory;

  private final Random random = new Random();
  private Path file;
  private Path expected;
  private Path out;
  private String id;

  @BeforeEach
  void encodeInMemory() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    random.setSeed(seed);
    file = TestFiles.random(directory, LENGTH, 1);
    expected = directory.resolve("expected");
    out = directory.resolve("out");
    id = Cli.encode(SHARDS, file, expected);
  }

  private static StreamEncoder encoder(long memory) {
    return StreamEncoder.of(RedStuff.forShards(SHARDS), Workspace.ofMemory(memory));
  }

  /** The least memory that this blob can be encoded in. */
  private static long least() {
    String message = "";
    try {
      encoder(1).plan(LENGTH);
    } catch (IllegalArgumentException e) {
      message = e.getMessage();
    }
    Matcher matcher = Pattern.compile("at least ([0-9]+)").matcher(message);
    assertTrue(matcher.find(), message);
    return Long.parseLong(matcher.group(1));
  }

  private static long inMemory() {
    return encoder(Long.MAX_VALUE).plan(LENGTH).memory();
  }

  /** A budget in which the blob has no room, mostly a small one. */
  private long budget() {
    double part = random.nextInt(3) == 0 ? 0 : Math.pow(random.nextDouble(), 2);
    return least() + (long) (part * (inMemory() - 1 - least()));
  }

  @Test
  void everyBudgetAndSourceGivesTheSameFiles() throws IOException {
    Set<EncodingPlan.Strategy> seen = EnumSet.noneOf(EncodingPlan.Strategy.class);
    for (int round = 0; round < 10; round++) {
      boolean spill = round % 2 == 0;
      boolean pipe = random.nextInt(3) == 0;
      // chance alone leaves out a strategy once in some hundred runs
      long memory =
          switch (round) {
            case 0, 1 -> least();
            case 2 -> inMemory();
            default -> budget();
          };
      List<Object> words = new ArrayList<>(List.of("encode", "-n", SHARDS, "-o", out));
      words.addAll(List.of("--memory", memory));
      words.addAll(spill ? List.of("--spill", directory) : List.of("--no-spill"));
      words.add(pipe ? "-" : file);
      TreeSet<Integer> pairs = new TreeSet<>();
      if (random.nextBoolean()) {
        random.ints(random.nextInt(1, 9), 0, SHARDS).forEach(pairs::add);
        words.add("--pairs");
        words.add(String.join(",", pairs.stream().map(p -> "" + p).toList()));
      }
      boolean metadata = random.nextInt(3) > 0;
      if (!metadata) {
        words.add("--no-metadata");
      }
      byte[] input = pipe ? Files.readAllBytes(file) : new byte[0];
      Cli run = Cli.withInput(input, words.toArray());
      assertEquals("", run.err(), words.toString());
      assertEquals(0, run.exitCode(), words.toString());
      assertEquals(metadata ? id + "\n" : "", run.out());
      assertHas(pairs, metadata, words.toString());
      TestFiles.deleteTree(out);
      Workspace workspace = Workspace.ofMemory(memory);
      seen.add(
          StreamEncoder.of(
                  RedStuff.forShards(SHARDS), spill ? workspace.spillingTo(directory) : workspace)
              .plan(LENGTH)
              .strategy());
    }
    assertEquals(EnumSet.allOf(EncodingPlan.Strategy.class), seen);
    assertEquals(List.of("expected", file.getFileName().toString()), names());
  }

  private List<String> names() {
    return TestFiles.tree(directory).stream().filter(name -> !name.contains("/")).toList();
  }

  /** Compares the output with the right one; no pairs are all of them. */
  private void assertHas(Set<Integer> pairs, boolean metadata, String what) throws IOException {
    Set<String> names = new TreeSet<>(TestFiles.tree(expected));
    if (!metadata) {
      names.remove(DirectoryStore.METADATA);
    }
    if (!pairs.isEmpty()) {
      names.removeIf(
          name ->
              name.matches(".*[0-9]{4}\\.bcs")
                  && !pairs.contains(Integer.parseInt(name.replaceAll("[^0-9]", ""))));
    }
    assertEquals(names, new TreeSet<>(TestFiles.tree(out)), what);
    for (String name : names) {
      if (Files.isRegularFile(expected.resolve(name))) {
        assertEquals(-1, Files.mismatch(expected.resolve(name), out.resolve(name)), what);
      }
    }
  }

  @Test
  void tooLittleMemoryIsOneLineAndLeavesNothing() {
    Cli run = Cli.run("encode", "-n", SHARDS, "--memory", least() - 1, "-o", out, file);
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(
        run.err()
            .startsWith(
                "redstuff: memory budget: got "
                    + (least() - 1)
                    + " bytes, expected at least "
                    + least()),
        run.err());
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--memory 0 --spill .|--memory: got 0 bytes, expected more",
        "--spill . --no-spill|--spill and --no-spill exclude each other",
        "--spill nowhere|nowhere: no such directory",
        "--pairs 0-100|--pairs: got 100, expected 0 to 99",
        "--pairs 100-|--pairs: got 100, expected 0 to 99",
        "--pairs 3-2|invalid value for option '--pairs' (I-J): got '3-2', expected a pair or a"
            + " range such as 0-9 or 200- - see 'redstuff encode --help'",
        "--memory lots|invalid value for option '--memory': got 'lots', expected a size such as"
            + " 1000000, 64M, 10MiB or 1.5GB - see 'redstuff encode --help'",
      })
  void misuseIsOneLine(String options, String complaint) {
    List<Object> words = new ArrayList<>(List.of("encode", "-n", SHARDS, "-o", out, file));
    words.addAll(List.of(options.split(" ")));
    Cli run = Cli.run(words.toArray());
    assertEquals(List.of("redstuff: " + complaint), run.errLines());
    assertEquals(2, run.exitCode());
    assertFalse(Files.exists(out));
  }

  @Test
  void rangesOfPairsMayMeetAndBeOpen() throws IOException {
    assertEquals(
        0,
        Cli.run("encode", "-n", SHARDS, "-o", out, "--pairs", "0-2,1,98-", "--pairs", "7", file)
            .exitCode());
    assertHas(Set.of(0, 1, 2, 7, 98, 99), true, "ranges");
  }

  @Test
  void aFullDiskBetweenPiecesLeavesNothing() throws IOException {
    List<String> before = TestFiles.tree(directory);
    long slivers = 0;
    for (String name : TestFiles.tree(expected)) {
      Path path = expected.resolve(name);
      slivers += Files.isRegularFile(path) ? Files.size(path) : 0;
    }
    for (int round = 0; round < 4; round++) {
      long room = (long) (random.nextDouble() * slivers);
      Cli run =
          Cli.withFiles(
              FullDisk.filesOf(room), "encode", "-n", SHARDS, "--memory", least(), "-o", out, file);
      assertEquals(2, run.exitCode());
      assertTrue(
          run.err().matches("redstuff: .*\\.bcs: cannot be written: no space left on device\n"),
          run.err());
      assertEquals(before, TestFiles.tree(directory));
    }
  }

  @Test
  void aMissingFileOrDirectoryForTheBlobIsOneLine() throws IOException {
    Path gone = directory.resolve("gone");
    Cli run = Cli.withInput(new byte[5], "encode", "--spill", gone, "-o", out, "-");
    assertEquals(List.of("redstuff: " + gone + ": no such directory"), run.errLines());
    assertFalse(Files.exists(out));
  }

  @Test
  void infoTellsThePlan() {
    String few = Cli.run("info", "--size", "5GiB", "--memory", "512M").out();
    assertTrue(few.contains("encoding          "), few);
    assertTrue(few.contains("temporary file of "), few);
    String none = Cli.run("info", "--size", "5GiB", "--memory", "512M", "--no-spill").out();
    assertTrue(none.contains(" no temporary file"), none);
    String much = Cli.run("info", "--json", "--size", "1MiB", "--memory", "4G").out();
    assertTrue(much.contains("\"strategy\" : \"in_memory\""), much);
    Cli run = Cli.run("info", "--size", "5GiB", "--memory", "1M");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().startsWith("redstuff: memory budget: got 1048576 bytes"), run.err());
  }

  @Test
  void idsNeedNoMoreMemory() throws IOException {
    for (String spill : List.of("--spill=" + directory, "--no-spill")) {
      Cli run =
          Cli.withInput(
              Files.readAllBytes(file),
              "blob-id",
              "-n",
              SHARDS,
              "--memory",
              least(),
              spill,
              file,
              "missing",
              "-");
      assertEquals(id + "  " + file + "\n" + id + "  -\n", run.out());
      assertEquals(List.of("redstuff: missing: no such file or directory"), run.errLines());
      assertEquals(2, run.exitCode());
    }
  }

  @Test
  void theSameBytesComeBack() throws IOException {
    assertEquals(0, Cli.run("verify", "--blob-id", id, expected).exitCode());
    assertArrayEquals(Files.readAllBytes(file), Cli.run("decode", expected, "-o", "-").stdout());
  }
}
