package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.store.FullDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With 10 shards, 4 primary or 7 secondary slivers decode. */
@ParameterizedClass
@ValueSource(strings = {"8G", "8M"})
class DecodeCommandTest {

  /** Enough to decode in memory, or so little that it is done by pieces. */
  @Parameter private String memory;

  @TempDir private Path directory;

  private Path out;
  private Path back;

  @BeforeEach
  void encode() throws IOException {
    out = directory.resolve("out");
    back = directory.resolve("back");
    Cli.encode(10, TestFiles.walrus(directory), out);
  }

  private Path sliver(Axis axis, int pair) {
    return out.resolve(axis.toString()).resolve("000" + pair + ".bcs");
  }

  private void delete(Axis axis, int... pairs) throws IOException {
    for (int pair : pairs) {
      Files.delete(sliver(axis, pair));
    }
  }

  private void deleteAll(Axis axis) throws IOException {
    TestFiles.deleteTree(out.resolve(axis.toString()));
  }

  private void assertDecodes(Object... options) throws IOException {
    Files.deleteIfExists(back);
    Cli run = decode(options);
    assertEquals("", run.err());
    assertEquals("", run.out());
    assertEquals(0, run.exitCode());
    assertArrayEquals(TestFiles.WALRUS, Files.readAllBytes(back));
  }

  private void assertFails(int exitCode, String message, Object... options) throws IOException {
    Files.deleteIfExists(back);
    Cli run = decode(options);
    assertEquals(List.of("redstuff: " + message), run.errLines());
    assertEquals(exitCode, run.exitCode());
    assertEquals("", run.out());
    assertFalse(Files.exists(back));
  }

  private Cli decode(Object... options) {
    List<Object> args = new ArrayList<>(List.of("decode", out, "-o", back, "--memory", memory));
    args.addAll(1, List.of(options));
    return Cli.run(args.toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "both,default", "both,skip", "both,strict",
    "primary,default", "primary,skip", "primary,strict",
    "secondary,default", "secondary,skip", "SECONDARY,STRICT"
  })
  void givesTheFileBack(String axis, String check) throws IOException {
    assertDecodes("--axis", axis, "--check", check);
  }

  @Test
  void needsFourPrimarySliversAndNoOthers() throws IOException {
    deleteAll(Axis.SECONDARY);
    delete(Axis.PRIMARY, 0, 2, 3, 5, 6, 8);
    assertDecodes();
    delete(Axis.PRIMARY, 9);
    assertFails(
        1, out + ": too few good slivers: got 3 primary, needed 4; got 0 secondary, needed 7");
  }

  @Test
  void needsSevenSecondarySliversAndNoOthers() throws IOException {
    deleteAll(Axis.PRIMARY);
    delete(Axis.SECONDARY, 9, 1, 5);
    assertDecodes();
    assertDecodes("--check", "strict");
    delete(Axis.SECONDARY, 0);
    assertFails(
        1, out + ": too few good slivers: got 0 primary, needed 4; got 6 secondary, needed 7");
  }

  @Test
  void anAxisThatIsAskedForIsTheOnlyOneUsed() throws IOException {
    delete(Axis.PRIMARY, 0, 1, 2, 3, 4, 5, 6);
    assertDecodes();
    assertFails(1, out + ": too few good slivers: got 3 primary, needed 4", "--axis", "primary");
    delete(Axis.SECONDARY, 0, 1, 2, 3);
    assertFails(
        1, out + ": too few good slivers: got 6 secondary, needed 7", "--axis", "secondary");
  }

  @Test
  void turnsToTheOtherAxisWhenTooManyAreBad() throws IOException {
    for (int pair = 0; pair < 7; pair++) {
      TestFiles.flipBit(sliver(Axis.PRIMARY, pair), 3);
    }
    Cli run = decode();
    assertEquals(0, run.exitCode());
    assertArrayEquals(TestFiles.WALRUS, Files.readAllBytes(back));
    assertEquals(7, run.errLines().size());
  }

  @Test
  void namesAndSkipsEachKindOfBadSliver() throws IOException {
    deleteAll(Axis.SECONDARY);
    byte[] good = Files.readAllBytes(sliver(Axis.PRIMARY, 0));
    Files.write(sliver(Axis.PRIMARY, 0), Arrays.copyOf(good, good.length - 1));
    Files.write(sliver(Axis.PRIMARY, 1), new byte[0]);
    TestFiles.flipBit(sliver(Axis.PRIMARY, 2), 5);
    Path third = sliver(Axis.PRIMARY, 3);
    Files.move(third, directory.resolve("swap"));
    Files.move(sliver(Axis.PRIMARY, 4), third);
    Files.move(directory.resolve("swap"), sliver(Axis.PRIMARY, 4));
    Files.copy(third, out.resolve("primary/4.bcs"));
    Files.copy(third, out.resolve("primary/0010.bcs"));
    Cli run = decode();
    String stray = ": skipped: not the name of a sliver (expected 0000.bcs to 0009.bcs)";
    assertEquals(
        List.of(
            "redstuff: " + out + "/primary/0010.bcs" + stray,
            "redstuff: " + out + "/primary/4.bcs" + stray,
            skipped(0, "got a file of " + (good.length - 1) + " bytes, expected " + good.length),
            skipped(1, "got a file of 0 bytes, expected " + good.length),
            skipped(
                2,
                "primary 2 sliver: its hash is not the one that blob "
                    + TestFiles.WALRUS_ID
                    + " commits to"),
            skipped(3, "holds sliver primary 4, expected primary 3"),
            skipped(4, "holds sliver primary 3, expected primary 4")),
        run.errLines());
    assertEquals(0, run.exitCode());
    assertArrayEquals(TestFiles.WALRUS, Files.readAllBytes(back));
  }

  private String skipped(int pair, String reason) {
    return "redstuff: " + sliver(Axis.PRIMARY, pair) + ": skipped: " + reason;
  }

  @Test
  void namesMoreKindsOfBadSlivers() throws IOException {
    deleteAll(Axis.SECONDARY);
    byte[] good = Files.readAllBytes(sliver(Axis.PRIMARY, 0));
    Files.write(sliver(Axis.PRIMARY, 0), Arrays.copyOf(good, good.length + 1));
    Files.delete(sliver(Axis.PRIMARY, 1));
    Files.createDirectory(sliver(Axis.PRIMARY, 1));
    Files.delete(sliver(Axis.PRIMARY, 2));
    Files.createSymbolicLink(sliver(Axis.PRIMARY, 2), directory.resolve("nowhere"));
    // A length prefix of 4 GiB in a file of the right length.
    byte[] huge = good.clone();
    Arrays.fill(huge, 0, 4, (byte) 0xff);
    huge[4] = 0x0f;
    Files.write(sliver(Axis.PRIMARY, 3), huge);
    // The symbol size, 2, becomes 3.
    TestFiles.flipBit(sliver(Axis.PRIMARY, 4), good.length - 4);
    Cli run = decode();
    assertEquals(5, run.errLines().size(), run.err());
    assertEquals(
        List.of(
            skipped(0, "got a file of " + (good.length + 1) + " bytes, expected " + good.length),
            skipped(1, "not a regular file"),
            skipped(2, "not a regular file")),
        run.errLines().subList(0, 3));
    assertEquals(
        List.of(
            skipped(3, "at byte 0: not the length of 14 bytes of symbols"),
            skipped(4, "got symbols of 3 bytes, expected 2")),
        run.errLines().subList(3, 5));
    assertEquals(0, run.exitCode());
  }

  @Test
  void readsNoMoreSliversThanItNeeds() throws IOException {
    deleteAll(Axis.SECONDARY);
    TestFiles.flipBit(sliver(Axis.PRIMARY, 4), 3);
    assertDecodes();
  }

  @Test
  void sliversOfAnotherBlobAreNotUsed() throws IOException {
    Path other = directory.resolve("other");
    Cli.encode(10, TestFiles.random(directory, TestFiles.WALRUS.length, 3), other);
    deleteAll(Axis.SECONDARY);
    // Row 3 is all padding, the same in both, so 3, 8 and 9 remain good.
    for (int pair = 0; pair < 8; pair++) {
      Path stranger = other.resolve("primary/000" + pair + ".bcs");
      Files.write(sliver(Axis.PRIMARY, pair), Files.readAllBytes(stranger));
    }
    Cli run = decode();
    assertEquals(1, run.exitCode());
    assertEquals(8, run.errLines().size());
    assertEquals(
        "redstuff: "
            + out
            + ": too few good slivers: got 3 primary, needed 4; got 0 secondary, needed 7",
        run.errLines().getLast());
    assertFalse(Files.exists(back));
  }

  @Test
  void theExpectedIdIsPinned() throws IOException {
    assertDecodes("--blob-id", TestFiles.WALRUS_ID);
    Files.delete(back);
    String other = "3GPQL3HZNnFhN_F7l5Aa-X1VOtAKwIsg9zuWk8R81v4";
    Cli run = decode("--blob-id", other);
    assertEquals(1, run.exitCode());
    assertEquals(1, run.errLines().size());
    assertTrue(run.err().contains(other), run.err());
    assertTrue(run.err().contains(TestFiles.WALRUS_ID), run.err());
    assertFalse(Files.exists(back));
  }

  @Test
  void refusesADirectoryWithoutMetadata() throws IOException {
    Files.delete(out.resolve("metadata.bcs"));
    assertFails(2, out + ": no metadata.bcs there: not a directory that an encode finished");
  }

  @Test
  void refusesWhatIsNoDirectory() throws IOException {
    TestFiles.deleteTree(out);
    assertFails(2, out + ": no such directory");
    Files.createFile(out);
    assertFails(2, out + ": not a directory");
  }

  @Test
  void refusesMetadataThatIsNot() throws IOException {
    Path metadata = out.resolve("metadata.bcs");
    byte[] good = Files.readAllBytes(metadata);
    // 32 bytes id, variants 0 and 1, 8 bytes length, the number of hash pairs, then the hashes.
    byte[] threeShards = Arrays.copyOf(good, 43 + 3 * 66);
    threeShards[42] = 3;
    byte[] wrongVariant = good.clone();
    wrongVariant[33] = 0;
    byte[] otherId = good.clone();
    otherId[0] ^= 1;
    byte[] otherHash = good.clone();
    otherHash[100] ^= 1;
    for (byte[] bad :
        List.of(
            new byte[0],
            Arrays.copyOf(good, 5),
            Arrays.copyOf(good, good.length - 1),
            Arrays.copyOf(good, good.length + 1),
            new byte[4_000_000],
            threeShards,
            wrongVariant,
            otherId,
            otherHash)) {
      Files.write(metadata, bad);
      Cli run = decode();
      assertEquals(1, run.exitCode());
      assertEquals(1, run.errLines().size());
      assertTrue(run.err().startsWith("redstuff: " + metadata + ": "), run.err());
      assertFalse(Files.exists(back));
    }
    Files.write(metadata, threeShards);
    assertFails(1, metadata + ": shards: got 3, expected 4 to 49155");
    Files.write(metadata, new byte[4_000_000]);
    assertFails(
        1, metadata + ": at byte 3244294: metadata: got more bytes, expected at most 3244294");
  }

  @Test
  void refusesMetadataThatCannotBeRead() throws IOException {
    Files.delete(out.resolve("metadata.bcs"));
    Files.createDirectory(out.resolve("metadata.bcs"));
    Cli run = decode();
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 41, 392, 100_000})
  void decodesBlobsOfAllLengths(int length) throws IOException {
    Path file = TestFiles.random(directory, length, length);
    TestFiles.deleteTree(out);
    Cli.encode(7, file, out);
    assertEquals(0, decode("--check", "strict").exitCode());
    assertEquals(-1, Files.mismatch(file, back));
    // One of each kind of sliver that holds the blob's own symbols is missing.
    Files.delete(sliver(Axis.PRIMARY, 1));
    Files.delete(sliver(Axis.SECONDARY, 6));
    for (String axis : List.of("primary", "secondary")) {
      assertEquals(0, decode("--axis", axis).exitCode());
      assertEquals(-1, Files.mismatch(file, back));
    }
  }

  @Test
  void writesToStandardOutputAndNothingElseThere() throws IOException {
    TestFiles.flipBit(sliver(Axis.PRIMARY, 0), 3);
    Cli run = Cli.run("decode", out, "--axis", "primary", "-o", "-", "--memory", memory);
    assertEquals(0, run.exitCode());
    assertArrayEquals(TestFiles.WALRUS, run.stdout());
    assertEquals(1, run.errLines().size());
    assertFalse(Files.exists(Path.of("-")));
  }

  @Test
  void replacesAFileAsAWhole() throws IOException {
    Files.writeString(back, "something longer than the blob that is to come, all of it");
    assertEquals(0, decode().exitCode());
    assertArrayEquals(TestFiles.WALRUS, Files.readAllBytes(back));
  }

  @Test
  void followsASymbolicLink() throws IOException {
    Path real = Files.createFile(directory.resolve("real"));
    Files.createSymbolicLink(back, real);
    assertEquals(0, decode().exitCode());
    assertTrue(Files.isSymbolicLink(back));
    assertArrayEquals(TestFiles.WALRUS, Files.readAllBytes(real));
  }

  @Test
  void aFullDiskLeavesTheOldFile() throws IOException {
    Files.writeString(back, "old");
    for (long room : List.of(0L, 10L, 32L)) {
      Cli run = Cli.withFiles(FullDisk.filesOf(room), "decode", out, "-o", back);
      assertEquals(2, run.exitCode());
      assertEquals(
          List.of("redstuff: " + back + ": cannot be written: no space left on device"),
          run.errLines());
      assertEquals("old", Files.readString(back));
      assertEquals(2 + 24, TestFiles.tree(directory).size());
    }
  }

  @Test
  void aFullDeviceIsOneLineAndStaysADevice() {
    Cli run = Cli.run("decode", out, "-o", "/dev/full", "--memory", memory);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of(
            "redstuff: /dev/full: cannot be written: "
                + TestFiles.refusal(() -> Files.write(Path.of("/dev/full"), new byte[1]))),
        run.errLines());
    assertFalse(Files.isRegularFile(Path.of("/dev/full")));
  }

  @Test
  void aVanishedDirectoryIsOneLine() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    FullDisk.Opener vanishing =
        (temporary, options) -> {
          Files.delete(gone);
          return FileChannel.open(temporary, options);
        };
    Path target = gone.resolve("back");
    Cli run = Cli.withFiles(vanishing, "decode", out, "-o", target);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of("redstuff: " + target + ": cannot be written: no such file or directory"),
        run.errLines());
  }

  @Test
  void refusesTargetsThatCannotBe() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    for (var target :
        List.of(
            List.of(directory, directory + ": is a directory"),
            List.of(directory.resolve("no/back"), directory + "/no/back: no such directory"),
            List.of(file.resolve("back"), file + "/back: " + file + " is not a directory"))) {
      Cli run = Cli.run("decode", out, "-o", target.getFirst(), "--memory", memory);
      assertEquals(2, run.exitCode());
      assertEquals(List.of("redstuff: " + target.getLast()), run.errLines());
    }
  }

  @Test
  void aBlobEncodedInconsistentlyIsNotGivenOut() throws IOException {
    byte[] other = TestFiles.WALRUS.clone();
    other[5] ^= 1;
    Cheat.mix(out, 10, TestFiles.WALRUS, other);
    String blobId = Cli.run("verify", out).out().substring(11, 54);
    for (String options :
        List.of("--axis secondary", "--check strict", "--axis primary --check strict")) {
      Cli run = decode((Object[]) options.split(" "));
      assertEquals(1, run.exitCode(), options);
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().contains(blobId), run.err());
      assertFalse(Files.exists(back));
    }
    assertEquals(0, decode("--axis", "secondary", "--check", "skip").exitCode());
    assertArrayEquals(other, Files.readAllBytes(back));
  }
}
