package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a file through the network's number of shards: two thirds of it lost, and back. */
class ThousandShardsTest {

  private static final String ALL_GOOD =
      """
      primary    1000 good, 0 missing, 0 bad (334 good ones are enough)
      secondary  1000 good, 0 missing, 0 bad (667 good ones are enough)
      decodable  yes
      """;

  @TempDir private Path directory;

  @Test
  void comesBackFromJustEnoughOfEitherAxisAndNotFromLess() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    RandomGenerator random = new Random(seed);
    Path file = TestFiles.random(directory, 500_001, 5);
    Path out = directory.resolve("out");
    Path back = directory.resolve("back");
    String id = Cli.encode(1000, file, out);
    assertEquals(id + "  " + file + "\n", Cli.run("blob-id", file).out());
    assertTrue(Cli.run("verify", out).out().endsWith(ALL_GOOD));

    Path put = directory.resolve("aside");
    Files.move(out.resolve("secondary"), put);
    keep(out, Axis.PRIMARY, 334, random);
    assertEquals(0, Cli.run("decode", out, "-o", back, "--blob-id", id).exitCode());
    assertEquals(-1, Files.mismatch(file, back));
    keep(out, Axis.PRIMARY, 333, random);
    assertTooFew(out, "got 333 primary, needed 334; got 0 secondary, needed 667");

    TestFiles.deleteTree(out.resolve("primary"));
    Files.move(put, out.resolve("secondary"));
    keep(out, Axis.SECONDARY, 667, random);
    assertEquals(0, Cli.run("decode", out, "-o", back).exitCode());
    assertEquals(-1, Files.mismatch(file, back));
    keep(out, Axis.SECONDARY, 666, random);
    assertTooFew(out, "got 0 primary, needed 334; got 666 secondary, needed 667");
    assertTrue(Cli.run("verify", out).out().endsWith("decodable  no\n"));
  }

  @Test
  void threeHundredLostPairsAndTwentyBadSliversHeal() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    RandomGenerator random = new Random(seed);
    Path file = TestFiles.random(directory, 500_001, 6);
    Path out = directory.resolve("out");
    Cli.encode(1000, file, out);
    List<String> names = new ArrayList<>(TestFiles.tree(out.resolve("primary")));
    Collections.shuffle(names, random);
    for (String name : names.subList(0, 300)) {
      Files.delete(out.resolve("primary").resolve(name));
      Files.delete(out.resolve("secondary").resolve(name));
    }
    for (String name : names.subList(300, 320)) {
      String axis = random.nextBoolean() ? "primary" : "secondary";
      TestFiles.flipBit(out.resolve(axis).resolve(name), random.nextInt(600));
    }
    Cli run = Cli.run("recover", out);
    assertEquals("", run.err());
    assertTrue(run.out().contains(" of 620 slivers\nwhole      yes\n"), run.out());
    assertEquals(0, run.exitCode());
    assertTrue(Cli.run("verify", out).out().endsWith(ALL_GOOD));
    Path back = directory.resolve("back");
    assertEquals(0, Cli.run("decode", out, "-o", back, "--check", "strict").exitCode());
    assertEquals(-1, Files.mismatch(file, back));
  }

  @Test
  void aWrongSymbolIsExposed() throws Exception {
    byte[] blob = new byte[500_001];
    new Random(8).nextBytes(blob);
    Path out = directory.resolve("out");
    Path proof = directory.resolve("proof.bcs");
    String id = Cheat.with(1000, blob).alter(SliverId.primary(700), 1).write(out);
    Cli run = Cli.run("dispute", out, "-o", proof);
    assertEquals("", run.err());
    assertTrue(run.out().contains(" 667 symbols of primary 700 decode to another "), run.out());
    Path metadata = out.resolve("metadata.bcs");
    Cli check = Cli.run("check", "--blob-id", id, "--metadata", metadata, proof);
    assertEquals(run.out(), check.out());
    assertEquals(0, check.exitCode());
  }

  private void assertTooFew(Path out, String counts) {
    Cli run = Cli.run("decode", out, "-o", directory.resolve("nothing"));
    assertEquals(1, run.exitCode());
    assertEquals(List.of("redstuff: " + out + ": too few good slivers: " + counts), run.errLines());
  }

  private static void keep(Path out, Axis axis, int count, RandomGenerator random)
      throws IOException {
    Path slivers = out.resolve(axis.toString());
    List<String> names = new ArrayList<>(TestFiles.tree(slivers));
    Collections.shuffle(names, random);
    for (String name : names.subList(count, names.size())) {
      Files.delete(slivers.resolve(name));
    }
  }
}
