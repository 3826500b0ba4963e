package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.proof.GeneralRecoverySymbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code prove} and {@code check}, with 10 shards. */
class ProveCommandTest {

  private static final String OTHER_ID = "3GPQL3HZNnFhN_F7l5Aa-X1VOtAKwIsg9zuWk8R81v4";

  @TempDir private Path directory;

  private Path out;
  private Path proof;

  @BeforeEach
  void encode() throws IOException {
    out = directory.resolve("out");
    proof = directory.resolve("symbol.bcs");
    Cli.encode(10, TestFiles.walrus(directory), out);
  }

  private Cli check(Object... options) {
    Object[] args = {
      "check",
      "--blob-id",
      TestFiles.WALRUS_ID,
      "--metadata",
      out.resolve("metadata.bcs"),
      proof,
      "--type",
      options.length > 0 ? options[0] : "auto"
    };
    return Cli.run(args);
  }

  @ParameterizedTest
  @CsvSource({
    "3-8,,secondary 8,primary 3",
    "3-8,primary,secondary 8,primary 3",
    "3-8,secondary,primary 3,secondary 8",
    "9-0,,secondary 0,primary 9",
    "0-9,SECONDARY,primary 0,secondary 9"
  })
  void whatIsProvenChecks(String symbol, String axis, String source, String target)
      throws Exception {
    Cli run =
        axis == null
            ? Cli.run("prove", out, "--symbol", symbol, "-o", proof)
            : Cli.run("prove", out, "--symbol", symbol, "-o", proof, "--axis", axis);
    assertEquals("", run.err());
    String line =
        "recovery symbol %s: cut from %s, helps to recover %s\n".formatted(symbol, source, target);
    assertEquals(line, run.out());
    assertEquals(0, run.exitCode());
    GeneralRecoverySymbol written = GeneralRecoverySymbol.parse(Files.readAllBytes(proof));
    assertEquals(SymbolId.parse(symbol), written.id());
    assertEquals(target, written.target().toString());
    for (String type : List.of("auto", "symbol")) {
      Cli check = check(type);
      assertEquals("", check.err());
      assertEquals(line, check.out());
      assertEquals(0, check.exitCode());
    }
  }

  @Test
  void checkNeedsNoSlivers() throws IOException {
    assertEquals(0, Cli.run("prove", out, "--symbol", "3-8", "-o", proof).exitCode());
    TestFiles.deleteTree(out.resolve("primary"));
    TestFiles.deleteTree(out.resolve("secondary"));
    assertEquals(0, check().exitCode());
  }

  @Test
  void withoutTheColumnItIsCutFromTheRow() throws IOException {
    // Secondary sliver 8 is of pair 1.
    Files.delete(out.resolve("secondary/0001.bcs"));
    Cli run = Cli.run("prove", out, "--symbol", "3-8", "-o", proof);
    assertTrue(run.out().contains("cut from primary 3"), run.out());
    assertEquals(0, check().exitCode());
  }

  @Test
  void withoutBothThereIsNothingToCutFrom() throws IOException {
    TestFiles.flipBit(out.resolve("secondary/0001.bcs"), 3);
    Files.delete(out.resolve("primary/0003.bcs"));
    Cli run = Cli.run("prove", out, "--symbol", "3-8", "-o", proof);
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertEquals(
        List.of(
            "redstuff: "
                + out
                + ": no good sliver to cut symbol 3-8 from: secondary/0001.bcs: secondary 8 sliver:"
                + " its hash is not the one that blob "
                + TestFiles.WALRUS_ID
                + " commits to; primary/0003.bcs: missing"),
        run.errLines());
    assertFalse(Files.exists(proof));
  }

  @Test
  void theForcedSourceMustBeGood() throws IOException {
    Files.delete(out.resolve("secondary/0001.bcs"));
    Cli run = Cli.run("prove", out, "--symbol", "3-8", "--axis", "primary", "-o", proof);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("secondary/0001.bcs: missing"), run.err());
  }

  @Test
  void theSymbolGoesToStandardOutputAlone() throws Exception {
    Cli run = Cli.run("prove", out, "--symbol", "3-8", "-o", "-");
    assertEquals(SliverId.primary(3), GeneralRecoverySymbol.parse(run.stdout()).target());
  }

  @ParameterizedTest
  @CsvSource({
    "10-0,got primary sliver 10; expected 0 to 9",
    "0-65535,got secondary sliver 65535; expected 0 to 9"
  })
  void refusesACellOutsideOfTheMatrix(String symbol, String message) {
    Cli run = Cli.run("prove", out, "--symbol", symbol, "-o", proof);
    assertEquals(List.of("redstuff: --symbol: " + message.replace(';', ',')), run.errLines());
    assertEquals(2, run.exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3-", "-3", "3-08", "3-65536", "a-b", "3-8-1", "3:8"})
  void refusesWhatIsNoSymbolId(String symbol) {
    Cli run = Cli.run("prove", out, "--symbol=" + symbol, "-o", proof);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("expected ROW-COLUMN"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary", "secondary"})
  void everyChangedByteIsNoticed(String axis) throws IOException {
    // Not in row 3 of this blob: it is padding, and one zero proves as well as another.
    Cli.run("prove", out, "--symbol", "1-8", "--axis", axis, "-o", proof);
    byte[] bytes = Files.readAllBytes(proof);
    for (int i = 0; i < bytes.length; i++) {
      TestFiles.flipBit(proof, i);
      Cli run = check();
      assertEquals(1, run.exitCode(), "byte " + i + ": " + run.out());
      assertEquals("", run.out());
      assertEquals(1, run.errLines().size());
      Files.write(proof, bytes);
    }
    assertEquals(0, check().exitCode());
  }

  @Test
  void refusesAnotherBlobsMetadata() throws IOException {
    Cli.run("prove", out, "--symbol", "3-8", "-o", proof);
    Path other = directory.resolve("other");
    String id = Cli.encode(10, TestFiles.random(directory, 33, 1), other);
    Path metadata = other.resolve("metadata.bcs");
    Cli run = Cli.run("check", "--blob-id", id, "--metadata", metadata, proof);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("redstuff: " + proof + ": refused: "), run.err());
    assertEquals("", run.out());
    // Its own id does not help other metadata.
    run = Cli.run("check", "--blob-id", TestFiles.WALRUS_ID, "--metadata", metadata, proof);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("redstuff: " + metadata + ": "), run.err());
  }

  @Test
  void refusesAnotherId() {
    Cli.run("prove", out, "--symbol", "3-8", "-o", proof);
    Path metadata = out.resolve("metadata.bcs");
    Cli run = Cli.run("check", "--blob-id", OTHER_ID, "--metadata", metadata, proof);
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("redstuff: " + metadata + ": "), run.err());
  }

  @Test
  void refusesWhatIsNoProof() throws IOException {
    Files.write(proof, new byte[] {2, 0, 0});
    Cli run = check();
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(": no recovery symbol (at byte "), run.err());
    assertTrue(run.err().contains(", no inconsistency proof (at byte "), run.err());
    assertFalse(check("symbol").err().contains("inconsistency"));
    assertFalse(check("inconsistency").err().contains("recovery symbol ("));
  }

  @Test
  void aSymbolIsNoInconsistencyProof() {
    Cli.run("prove", out, "--symbol", "3-8", "-o", proof);
    assertEquals(1, check("inconsistency").exitCode());
  }

  @Test
  void refusesWhatIsTooLongUnread() throws IOException {
    Files.write(proof, new byte[20_000]);
    Cli run = check();
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("got more bytes, expected at most "), run.err());
  }

  @Test
  void namesWhatCannotBeRead() {
    Cli run = check();
    assertEquals(2, run.exitCode());
    assertEquals(List.of("redstuff: " + proof + ": no such file or directory"), run.errLines());
    Path missing = directory.resolve("missing");
    run = Cli.run("check", "--blob-id", TestFiles.WALRUS_ID, "--metadata", missing, proof);
    assertEquals(2, run.exitCode());
    assertEquals(List.of("redstuff: " + missing + ": no such file or directory"), run.errLines());
  }
}
