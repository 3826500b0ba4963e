package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.store.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With 10 shards, 7 secondary slivers heal primary ones and 4 primary slivers secondary ones. */
class RecoverCommandTest {

  @TempDir private Path directory;

  private Path file;
  private Path out;
  private Map<String, byte[]> whole;

  @BeforeEach
  void encode() throws IOException {
    file = TestFiles.random(directory, 500, 3);
    out = directory.resolve("out");
    Cli.encode(10, file, out);
    whole = content();
  }

  /** All files by name. */
  private Map<String, byte[]> content() throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    for (String name : TestFiles.tree(out)) {
      if (Files.isRegularFile(out.resolve(name))) {
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

  private Path sliver(Axis axis, int pair) {
    return out.resolve(axis.toString()).resolve("000" + pair + ".bcs");
  }

  private void delete(Axis axis, int... pairs) throws IOException {
    for (int pair : pairs) {
      Files.delete(sliver(axis, pair));
    }
  }

  /** What is healed in the one place would overwrite what is good in the other. */
  @Test
  void refusesAxesThatAreOneDirectory() throws IOException {
    TestFiles.deleteTree(out.resolve("secondary"));
    Files.createSymbolicLink(out.resolve("secondary"), out.resolve("primary"));
    whole = content();
    Cli run = Cli.run("recover", out);
    assertEquals(
        List.of("redstuff: " + out + ": primary and secondary are the same directory"),
        run.errLines());
    assertEquals(2, run.exitCode());
    assertWhole();
  }

  @Test
  void bringsRandomDamageBack() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Path file = TestFiles.random(directory, 20_000, seed);
    TestFiles.deleteTree(out);
    Cli.encode(31, file, out);
    whole = content();
    List<Integer> pairs = new ArrayList<>();
    for (int pair = 0; pair < 31; pair++) {
      pairs.add(pair);
    }
    Collections.shuffle(pairs, random);
    for (int pair : pairs.subList(0, 10)) {
      Files.delete(out.resolve(TestFiles.sliver("primary", pair)));
      Files.delete(out.resolve(TestFiles.sliver("secondary", pair)));
    }
    for (int pair : pairs.subList(10, 13)) {
      String axis = random.nextBoolean() ? "primary" : "secondary";
      TestFiles.flipBit(out.resolve(TestFiles.sliver(axis, pair)), random.nextInt(500));
    }
    Cli run = Cli.run("recover", out);
    assertEquals("", run.err());
    assertTrue(run.out().endsWith("whole      yes\n"), run.out());
    assertEquals(0, run.exitCode());
    assertWhole();
    assertEquals(0, Cli.run("verify", out).exitCode());
    Path back = directory.resolve("back");
    assertEquals(0, Cli.run("decode", out, "-o", back).exitCode());
    assertEquals(-1, Files.mismatch(file, back));
  }

  @Test
  void reportsWhatItDid() throws IOException {
    delete(Axis.PRIMARY, 1, 8);
    delete(Axis.SECONDARY, 8);
    Files.write(sliver(Axis.SECONDARY, 5), new byte[3]);
    Cli run = Cli.run("recover", out);
    assertEquals(
        """
        blob id    %s
        primary    8 good, 2 healed, 0 bad, 0 missing
        secondary  8 good, 2 healed, 0 bad, 0 missing
        was bad    secondary/0005.bcs: got a file of 3 bytes, expected 77
        checked    1584 bytes (1.5 KiB) of 20 slivers
        read       792 bytes of 11 slivers
        restored   396 bytes of 4 slivers
        whole      yes
        """
            .formatted(Cli.run("blob-id", "-n", 10, file).out().substring(0, 43)),
        run.out());
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertWhole();
  }

  @Test
  void leavesAWholeDirectoryAlone() throws IOException {
    Cli run = Cli.run("recover", out);
    assertTrue(run.out().contains("read       0 bytes of 0 slivers\n"), run.out());
    assertTrue(run.out().endsWith("whole      yes\n"), run.out());
    assertEquals(0, run.exitCode());
    assertWhole();
  }

  @ParameterizedTest
  @EnumSource
  void oneAxisBringsTheOtherBack(Axis axis) throws IOException {
    TestFiles.deleteTree(out.resolve(axis.toString()));
    assertEquals(0, Cli.run("recover", out).exitCode());
    assertWhole();
  }

  @Test
  void rowsHelpColumnsHelpRows() throws IOException {
    delete(Axis.SECONDARY, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    delete(Axis.PRIMARY, 0, 1, 2, 3, 4, 5);
    assertEquals(0, Cli.run("recover", out).exitCode());
    assertWhole();
  }

  @Test
  void columnsHelpRowsHelpColumns() throws IOException {
    delete(Axis.PRIMARY, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    delete(Axis.SECONDARY, 0, 4, 9);
    assertEquals(0, Cli.run("recover", out).exitCode());
    assertWhole();
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary", "secondary"})
  void healsTheAxisThatIsAskedFor(String name) throws IOException {
    delete(Axis.PRIMARY, 1, 2);
    delete(Axis.SECONDARY, 1, 3);
    Cli run = Cli.run("recover", out, "--axis", name);
    assertEquals(0, run.exitCode());
    Axis axis = Axis.valueOf(name.toUpperCase(Locale.ROOT));
    assertTrue(Files.exists(sliver(axis, 1)));
    assertFalse(Files.exists(sliver(axis.opposite(), 1)));
    assertTrue(run.out().contains(axis.opposite() + " "), run.out());
    assertTrue(
        run.out().contains("0 good, 0 healed, 0 bad, 2 missing, 8 not looked at"), run.out());
    assertTrue(run.out().endsWith("whole      yes\n"), run.out());
  }

  @Test
  void healsThePairsThatAreAskedFor() throws IOException {
    delete(Axis.PRIMARY, 1, 2, 3);
    delete(Axis.SECONDARY, 1, 2, 3);
    Cli run = Cli.run("recover", out, "--pair", 3, "--pair", 1, "--pair", 9, "--map", "-");
    assertEquals(0, run.exitCode());
    for (Axis axis : Axis.values()) {
      assertTrue(run.out().contains("1 good, 2 healed, 0 bad, 1 missing, 6 not looked at"));
      assertTrue(run.out().contains(axis + " slivers by pair   . good   + healed   x bad"));
    }
    assertTrue(run.out().contains("   0 ?+_+?????.\n"), run.out());
    assertTrue(run.out().contains("checked    "), run.out());
    for (Axis axis : Axis.values()) {
      for (int pair : new int[] {1, 3}) {
        String name = out.relativize(sliver(axis, pair)).toString();
        assertArrayEquals(whole.get(name), Files.readAllBytes(sliver(axis, pair)));
      }
      assertFalse(Files.exists(sliver(axis, 2)));
    }
  }

  @Test
  void whatOnlyHelpsIsNotWritten() throws IOException {
    delete(Axis.PRIMARY, 2);
    delete(Axis.SECONDARY, 0, 1, 2, 3, 4, 5);
    Cli run = Cli.run("recover", out, "--axis", "primary");
    assertEquals(0, run.exitCode());
    assertArrayEquals(whole.get("primary/0002.bcs"), Files.readAllBytes(sliver(Axis.PRIMARY, 2)));
    assertEquals(4, TestFiles.tree(out.resolve("secondary")).size());
  }

  @Test
  void saysWhatIsLost() throws IOException {
    delete(Axis.PRIMARY, 0, 1, 2, 3, 4, 5, 6);
    delete(Axis.SECONDARY, 0, 1, 2);
    TestFiles.flipBit(sliver(Axis.SECONDARY, 9), 5);
    Map<String, byte[]> before = content();
    Cli run = Cli.run("recover", out);
    assertTrue(run.out().contains("primary    3 good, 0 healed, 0 bad, 7 missing\n"), run.out());
    assertTrue(run.out().contains("secondary  6 good, 0 healed, 1 bad, 3 missing\n"), run.out());
    assertTrue(run.out().contains("bad        secondary/0009.bcs: "), run.out());
    assertTrue(
        run.out()
            .endsWith(
                """
                restored   0 bytes of 0 slivers
                lost       7 slivers: primary slivers cannot be recovered: got 6 usable secondary \
                slivers, needed 7
                lost       4 slivers: secondary slivers cannot be recovered: got 3 usable primary \
                slivers, needed 4
                whole      no
                """),
        run.out());
    assertEquals("", run.err());
    assertEquals(1, run.exitCode());
    assertEquals(before.keySet(), content().keySet());
  }

  @Test
  void sendsACheatersBlobToDispute() throws IOException {
    byte[] blob = Files.readAllBytes(file);
    Cheat.with(10, blob).commitWrongly(SliverId.primary(4)).write(out);
    delete(Axis.PRIMARY, 1);
    Cli run = Cli.run("recover", out);
    assertTrue(run.out().contains("primary    8 good, 1 healed, 1 bad, 0 missing\n"), run.out());
    assertTrue(
        run.out().contains("lost       1 sliver: proven symbols of primary slivers contradict"),
        run.out());
    assertEquals(
        List.of(
            "redstuff: "
                + out
                + ": the blob was encoded inconsistently, no healing helps; 'redstuff dispute'"
                + " writes the proof"),
        run.errLines());
    assertEquals(1, run.exitCode());
  }

  @Test
  void aDirectoryInASliversPlaceIsNotRemoved() throws IOException {
    Files.delete(sliver(Axis.PRIMARY, 1));
    Files.createDirectories(sliver(Axis.PRIMARY, 1).resolve("x"));
    Cli run = Cli.run("recover", out);
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size());
    assertTrue(run.err().contains(sliver(Axis.PRIMARY, 1) + ": cannot be written: "), run.err());
    assertTrue(Files.isDirectory(sliver(Axis.PRIMARY, 1).resolve("x")));
    assertEquals(
        List.of("0000.bcs", "0001.bcs"), TestFiles.tree(out.resolve("primary")).subList(0, 2));
  }

  @Test
  void jsonTellsTheSame() throws IOException {
    delete(Axis.PRIMARY, 1);
    TestFiles.flipBit(sliver(Axis.SECONDARY, 3), 9);
    Cli run = Cli.run("recover", out, "--json");
    assertEquals(0, run.exitCode());
    JsonNode report = JsonMapper.shared().readTree(run.out());
    assertEquals(
        List.of(
            "blobId",
            "shards",
            "primary",
            "secondary",
            "sliversChecked",
            "bytesChecked",
            "sliversRead",
            "bytesRead",
            "sliversRestored",
            "bytesRestored",
            "bad",
            "unrestored",
            "inconsistent",
            "whole"),
        List.copyOf(report.propertyNames()));
    assertEquals(
        "{\"good\":9,\"healed\":1,\"bad\":0,\"missing\":0,\"notLookedAt\":0}",
        report.get("primary").toString());
    assertEquals(11, report.get("sliversRead").asInt());
    assertEquals(2, report.get("sliversRestored").asInt());
    assertEquals("secondary/0003.bcs", report.get("bad").get(0).get("file").asString());
    assertEquals("true", report.get("bad").get(0).get("healed").toString());
    assertEquals("true", report.get("whole").toString());
  }

  @Test
  void aFullDiskLeavesNoHalfFile() throws IOException {
    delete(Axis.PRIMARY, 1, 2);
    Cli run = Cli.withFiles(FullDisk.filesOf(200), "recover", out);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of(
            "redstuff: "
                + sliver(Axis.PRIMARY, 2)
                + ": cannot be written: no space left on device"),
        run.errLines());
    assertEquals(
        List.of("0000.bcs", "0001.bcs", "0003.bcs"),
        TestFiles.tree(out.resolve("primary")).subList(0, 3));
    assertEquals(0, Cli.run("recover", out).exitCode());
    assertWhole();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "-1"})
  void refusesAPairThatIsNot(String pair) {
    Cli run = Cli.run("recover", out, "--pair", pair);
    assertEquals(List.of("redstuff: --pair: got " + pair + ", expected 0 to 9"), run.errLines());
    assertEquals(2, run.exitCode());
  }

  @Test
  void theExpectedIdIsPinned() {
    Cli run = Cli.run("recover", "--blob-id", TestFiles.WALRUS_ID, out);
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
  }

  /** Symbols with proofs of all these slivers take more memory than there is. */
  @ParameterizedTest
  @ValueSource(strings = {"both", "primary"})
  void longSliversAreHealedByWayOfTheBlob(String axis) throws IOException {
    TestFiles.deleteTree(out);
    file = TestFiles.random(directory, 1_800_000, 9);
    Cli.encode(10, file, out);
    whole = content();
    delete(Axis.PRIMARY, 0, 1, 2, 3, 4, 5);
    if (axis.equals("both")) {
      delete(Axis.SECONDARY, 1, 9);
      TestFiles.flipBit(sliver(Axis.SECONDARY, 4), 1000);
    }
    Cli run = Cli.run("recover", out, "--memory", "6M", "--axis", axis);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    assertTrue(run.out().endsWith("whole      yes\n"), run.out());
    assertWhole();
    assertEquals(-1, Files.mismatch(file, decoded()));
    delete(Axis.PRIMARY, 0, 1, 2, 3, 4, 5, 6);
    delete(Axis.SECONDARY, 0, 1, 2, 3);
    Cli tooFew = Cli.run("recover", out, "--memory", "6M", "--axis", axis);
    assertEquals(1, tooFew.exitCode());
    assertTrue(tooFew.out().endsWith("whole      no\n"), tooFew.out());
  }

  private Path decoded() {
    Path back = directory.resolve("back");
    assertEquals(0, Cli.run("decode", out, "-o", back).exitCode());
    return back;
  }

  /** What was left of an inconsistent encoding is not made whole by encoding the blob again. */
  @Test
  void aSliverThatTheMetadataContradictsIsNotRestoredFromTheBlob() throws Exception {
    byte[] blob = new byte[1_800_000];
    new Random(3).nextBytes(blob);
    TestFiles.deleteTree(out);
    Cheat.with(10, blob).alter(SliverId.primary(8), 1).write(out);
    delete(Axis.PRIMARY, 0, 1, 4, 5, 8, 9);
    Cli run = Cli.run("recover", out, "--memory", "6M", "--axis", "primary");
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("lost       1 sliver: "), run.out());
    assertTrue(run.err().contains("encoded inconsistently"), run.err());
    assertFalse(Files.exists(sliver(Axis.PRIMARY, 8)));
    assertTrue(TestFiles.tree(out).stream().noneMatch(name -> name.endsWith(".part")));
  }
}
