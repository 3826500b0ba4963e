package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.proof.InconsistencyProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With 10 shards, 4 primary slivers determine the blob, or 7 secondary ones. The finder takes the
 * first 4 good primary slivers if it can, so a cheat in one of those shows in the columns and a
 * cheat elsewhere shows in itself.
 */
class DisputeCommandTest {

  private static final int SHARDS = 10;

  @TempDir private Path directory;

  private final byte[] blob = new byte[500];
  private Path out;
  private Path proof;

  @BeforeEach
  void makeBlob() {
    new Random(7).nextBytes(blob);
    out = directory.resolve("out");
    proof = directory.resolve("proof.bcs");
  }

  private Cheat cheat() {
    return Cheat.with(SHARDS, blob);
  }

  private void assertExposed(String id, SliverId target, int symbols) throws Exception {
    Cli run = Cli.run("dispute", out, "-o", proof);
    assertEquals("", run.err());
    assertEquals(
        "inconsistency proof: %s symbols of %s decode to another sliver than the blob commits to\n"
            .formatted(symbols, target),
        run.out());
    assertEquals(0, run.exitCode());
    assertEquals(target, InconsistencyProof.parse(Files.readAllBytes(proof)).target());

    Path metadata = out.resolve("metadata.bcs");
    Cli check = Cli.run("check", "--blob-id", id, "--metadata", metadata, proof);
    assertEquals("", check.err());
    assertEquals(run.out(), check.out());
    assertEquals(0, check.exitCode());
  }

  private void delete(Axis axis, int... indices) throws IOException {
    for (int index : indices) {
      int pair = axis == Axis.PRIMARY ? index : SHARDS - 1 - index;
      Files.delete(out.resolve(axis.toString()).resolve("000" + pair + ".bcs"));
    }
  }

  @Test
  void aWrongSymbolInARowThatOthersAreJudgedBy() throws Exception {
    String id = cheat().alter(SliverId.primary(2), 11).write(out);
    assertExposed(id, SliverId.secondary(0), 4);
  }

  @Test
  void aWrongSymbolInAnotherRow() throws Exception {
    String id = cheat().alter(SliverId.primary(5), 11).write(out);
    assertExposed(id, SliverId.primary(5), 7);
  }

  @Test
  void aWrongSymbolInAColumn() throws Exception {
    String id = cheat().alter(SliverId.secondary(8), 3).write(out);
    assertExposed(id, SliverId.secondary(8), 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 9})
  void aWrongRowRoot(int row) throws Exception {
    String id = cheat().commitWrongly(SliverId.primary(row)).write(out);
    assertExposed(id, SliverId.primary(row), 7);
    delete(Axis.PRIMARY, row);
    assertExposed(id, SliverId.primary(row), 7);
  }

  @Test
  void aWrongColumnRoot() throws Exception {
    String id = cheat().commitWrongly(SliverId.secondary(3)).write(out);
    assertExposed(id, SliverId.secondary(3), 4);
  }

  @Test
  void swappedColumns() throws Exception {
    String id = cheat().swap(SliverId.secondary(1), SliverId.secondary(2)).write(out);
    assertExposed(id, SliverId.secondary(1), 4);
  }

  @Test
  void swappedColumnsWhenOnlyColumnsAreLeft() throws Exception {
    String id = cheat().swap(SliverId.secondary(1), SliverId.secondary(2)).write(out);
    delete(Axis.PRIMARY, 1, 2, 3, 4, 5, 7, 8, 9);
    delete(Axis.SECONDARY, 9, 0, 4);
    // A row that is not there is shown first.
    assertExposed(id, SliverId.primary(1), 7);
  }

  @Test
  void swappedRows() throws Exception {
    String id = cheat().swap(SliverId.primary(6), SliverId.primary(8)).write(out);
    assertExposed(id, SliverId.primary(6), 7);
  }

  @Test
  void whatIsLackingToProveItIsRecoveredFirst() throws Exception {
    String id = cheat().alter(SliverId.primary(5), 11).write(out);
    TestFiles.deleteTree(out.resolve("secondary"));
    assertExposed(id, SliverId.primary(5), 7);
    assertFalse(Files.exists(out.resolve("secondary")), "dispute writes nothing but the proof");
  }

  @Test
  void damageOnTopIsNoHindrance() throws Exception {
    String id = cheat().commitWrongly(SliverId.secondary(3)).write(out);
    delete(Axis.PRIMARY, 0, 2, 4, 6, 8);
    TestFiles.flipBit(out.resolve("primary/0001.bcs"), 9);
    assertExposed(id, SliverId.secondary(3), 4);
  }

  @Test
  void sliversOfTwoBlobs() throws Exception {
    byte[] other = blob.clone();
    other[499] ^= 1;
    Cheat.mix(out, SHARDS, blob, other);
    assertEquals(0, Cli.run("dispute", out, "-o", proof).exitCode());
  }

  // --- what the network's own check takes and no honest writer makes: see docs/proofs.md ---

  /** Slivers in and outside of the blob, on both axes. */
  static final List<SliverId> CHEATED =
      List.of(
          SliverId.primary(1), SliverId.primary(8), SliverId.secondary(2), SliverId.secondary(9));

  private void assertReadAndExposed(String id, SliverId cheated) throws Exception {
    Cli verify = Cli.run("verify", out, "--blob-id", id);
    assertEquals(1, verify.exitCode(), "one sliver is bad");
    assertTrue(verify.out().contains(cheated.axis() + " "), verify.out());
    assertTrue(verify.out().contains(" 9 good, 0 missing, 1 bad"), verify.out());
    assertTrue(verify.out().contains("decodable  yes"), verify.out());
    boolean inBlob = cheated.equals(SliverId.primary(1));
    Cli decode = Cli.run("decode", out, "-o", "-", "--blob-id", id);
    assertEquals(inBlob ? 1 : 0, decode.exitCode(), decode.err());
    if (!inBlob) {
      assertArrayEquals(blob, decode.stdout());
      assertArrayEquals(blob, Cli.run("cat", out, "--check", "all").stdout());
    }
    assertArrayEquals(blob, Cli.run("decode", out, "-o", "-", "--check", "skip").stdout());
    int symbols = cheated.axis() == Axis.PRIMARY ? 7 : 4;
    assertExposed(id, cheated, symbols);
    delete(cheated.axis(), cheated.index());
    assertExposed(id, cheated, symbols);
    Cli recover = Cli.run("recover", out);
    assertEquals(1, recover.exitCode());
    assertTrue(recover.err().contains("was encoded inconsistently"), recover.err());
  }

  @ParameterizedTest
  @FieldSource("CHEATED")
  void caseANoHashAtAll(SliverId cheated) throws Exception {
    assertReadAndExposed(cheat().commitToNothing(cheated).write(out), cheated);
  }

  /** A symbol is good for the slivers it lies on, whatever else it is offered for. */
  @Test
  void caseBASymbolForAnotherSliver() throws Exception {
    String id = cheat().commitWrongly(SliverId.primary(4)).write(out);
    assertEquals(0, Cli.run("prove", out, "--symbol", "7-4", "-o", proof).exitCode());
    Path metadata = out.resolve("metadata.bcs");
    Cli check = Cli.run("check", "--blob-id", id, "--metadata", metadata, proof);
    assertEquals(
        "recovery symbol 7-4: cut from secondary 4, helps to recover primary 7\n", check.out());
    assertReadAndExposed(id, SliverId.primary(4));
  }

  @ParameterizedTest
  @FieldSource("CHEATED")
  void caseCALowerTree(SliverId cheated) throws Exception {
    assertReadAndExposed(cheat().commitInTreeOver(cheated, 8).write(out), cheated);
  }

  @ParameterizedTest
  @FieldSource("CHEATED")
  void caseDLeavesBeyondTheShards(SliverId cheated) throws Exception {
    assertReadAndExposed(cheat().commitInTreeOver(cheated, 16).write(out), cheated);
  }

  @Test
  void theProofIsWorthNothingForAnotherBlob() throws Exception {
    cheat().commitWrongly(SliverId.primary(4)).write(out);
    assertEquals(0, Cli.run("dispute", out, "-o", proof).exitCode());
    Path honest = directory.resolve("honest");
    String id = cheat().write(honest);
    Cli run =
        Cli.run("check", "--blob-id", id, "--metadata", honest.resolve("metadata.bcs"), proof);
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertEquals(
        List.of(
            "redstuff: "
                + proof
                + ": refused: inconsistency proof: its symbols decode to the primary 4 sliver that"
                + " the metadata commits to"),
        run.errLines());
  }

  @Test
  void everyChangedByteOfAProofIsNoticed() throws Exception {
    Cheat cheat = Cheat.with(4, new byte[] {1, 2, 3});
    String id = cheat.commitWrongly(SliverId.secondary(3)).write(out);
    assertEquals(0, Cli.run("dispute", out, "-o", proof).exitCode());
    byte[] bytes = Files.readAllBytes(proof);
    for (int i = 0; i < bytes.length; i++) {
      TestFiles.flipBit(proof, i);
      Path metadata = out.resolve("metadata.bcs");
      Cli run = Cli.run("check", "--blob-id", id, "--metadata", metadata, proof);
      assertEquals(1, run.exitCode(), "byte " + i + ": " + run.out());
      assertEquals(1, run.errLines().size());
      Files.write(proof, bytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anHonestWriterHasNothingToFear(Axis axis) throws Exception {
    cheat().write(out);
    delete(axis, 0, 1, 2, 5, 6, 7, 8);
    delete(axis.opposite(), 4);
    TestFiles.flipBit(out.resolve(axis.opposite() + "/0008.bcs"), 9);
    Cli run = Cli.run("dispute", out, "-o", proof);
    assertEquals(
        List.of(
            "redstuff: "
                + out
                + ": no inconsistency found: all 20 slivers that the metadata commits to fit"
                + " together"),
        run.errLines());
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertFalse(Files.exists(proof));
  }

  /** Decoding refuses such a blob, but its slivers are a codeword: there is nothing to prove. */
  @Test
  void bytesAfterTheEndOfTheBlobAreNoInconsistency() throws Exception {
    Cheat.with(SHARDS, new byte[28 * 18 - 1]).write(out);
    byte[] full = new byte[28 * 18];
    new Random(9).nextBytes(full);
    Path padded = directory.resolve("padded");
    Cheat.with(SHARDS, full).shorten(1).write(padded);
    Cli run = Cli.run("dispute", padded, "-o", proof);
    assertTrue(run.err().contains("no inconsistency found"), run.err());
    assertEquals(1, run.exitCode());
  }

  @Test
  void tooFewSliversTellNothing() throws Exception {
    cheat().commitWrongly(SliverId.primary(4)).write(out);
    delete(Axis.PRIMARY, 0, 1, 2, 5, 6, 7);
    delete(Axis.SECONDARY, 0, 1, 2, 5);
    Cli run = Cli.run("dispute", out, "-o", proof);
    assertEquals(
        List.of(
            "redstuff: "
                + out
                + ": too few good slivers to find an inconsistency: got 3 primary, needed 4; got 6"
                + " secondary, needed 7"),
        run.errLines());
    assertEquals(1, run.exitCode());
  }

  @Test
  void theProofGoesToStandardOutputAlone() throws Exception {
    String id = cheat().commitWrongly(SliverId.primary(4)).write(out);
    Cli run = Cli.run("dispute", out, "-o", "-", "--blob-id", id);
    assertEquals(0, run.exitCode());
    assertEquals(SliverId.primary(4), InconsistencyProof.parse(run.stdout()).target());
  }
}
