package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.error.RedStuffException;
import io.redstuff.fuzz.Draws;
import io.redstuff.fuzz.Encoding;
import io.redstuff.proof.GeneralRecoverySymbol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A directory with an encoded blob gets files that are lost, changed, exchanged, turned into
 * directories and links, or strangely named; then a command runs on it. It ends with one of the
 * three exit codes and nothing but its own lines on standard error, writes nothing that is not
 * true, and decodes and heals when there is enough.
 */
class DirectoryFuzzTest {
  private static final int MOST_CHANGES = 16;
  private static final int[] SHARDS = {4, 7};
  private static final List<Encoding> BLOBS = blobs(3);
  private static final List<Encoding> FOREIGN = blobs(4);

  private static List<Encoding> blobs(int seed) {
    List<Encoding> blobs = new ArrayList<>();
    for (int shards : SHARDS) {
      byte[] blob = new byte[40 * shards];
      for (int i = 0; i < blob.length; i++) {
        blob[i] = (byte) (i * i * seed + i);
      }
      blobs.add(Encoding.of(shards, blob));
    }
    return blobs;
  }

  @FuzzTest
  void run(byte[] input) throws IOException, RedStuffException {
    Draws draws = new Draws(input);
    int which = draws.below(SHARDS.length);
    Path memory = Path.of("/dev/shm");
    Path scratch =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "redstuff-fuzz-")
            : Files.createTempDirectory("redstuff-fuzz-");
    try {
      new Case(scratch, BLOBS.get(which), FOREIGN.get(which)).run(draws);
    } finally {
      EncodedDirectory.delete(scratch);
    }
  }

  /** One directory, spoilt. */
  private static final class Case {
    private final Encoding blob;
    private final Path scratch;
    private final Path root;
    private final Path output;
    private final EncodedDirectory directory;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Case(Path scratch, Encoding blob, Encoding foreign) throws IOException {
      this.blob = blob;
      this.scratch = scratch;
      this.root = scratch.resolve("blob");
      this.output = scratch.resolve("output");
      this.directory = EncodedDirectory.write(root, blob, foreign);
    }

    void run(Draws draws) throws IOException, RedStuffException {
      int command = draws.below(6);
      String option =
          draws.of("", "--json", "--axis=primary", "--axis=secondary", "--check=strict");
      int pair = draws.below(blob.metadata().parameters().shards());
      for (int left = draws.below(MOST_CHANGES); left > 0; left--) {
        directory.spoil(draws);
      }
      switch (command) {
        case 0 -> decode(option);
        case 1 -> verify(option);
        case 2 -> recover(option);
        case 3 -> recover("--pair=" + pair);
        case 4 -> prove(pair, draws.below(blob.metadata().parameters().shards()));
        default -> dispute();
      }
    }

    private int execute(String... args) throws IOException {
      List<String> all = new ArrayList<>(Arrays.asList(args));
      all.removeIf(String::isEmpty);
      all.add("--blob-id=" + blob.metadata().blobId());
      all.add(root.toString());
      PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
      int code =
          Main.run(
              out,
              new PrintStream(err, true, UTF_8),
              InputStream.nullInputStream(),
              all.toArray(String[]::new));
      String said = err.toString(UTF_8);
      assertTrue(code >= ExitCode.OK && code <= ExitCode.USAGE, () -> "exit code " + code);
      assertFalse(said.contains("internal error"), said);
      said.lines().forEach(line -> assertTrue(line.startsWith(Session.NAME + ": "), said));
      checkNothingElse();
      return code;
    }

    /** Neither temporary files nor anything outside. */
    private void checkNothingElse() throws IOException {
      try (var files = Files.list(scratch)) {
        assertTrue(files.allMatch(file -> file.equals(root) || file.equals(output)));
      }
    }

    private void decode(String option) throws IOException {
      boolean auto = !option.startsWith("--axis");
      boolean decodable = directory.isDecodable(blob.metadata().parameters());
      int code = execute("decode", option, "-o", output.toString());
      boolean misused = option.equals("--json");
      assertEquals(code == ExitCode.OK, Files.exists(output));
      if (code == ExitCode.OK) {
        assertArrayEquals(blob.blob(), Files.readAllBytes(output));
      } else if (auto && !misused) {
        assertFalse(decodable, () -> err.toString(UTF_8));
      }
    }

    private void verify(String option) throws IOException {
      boolean json = option.equals("--json");
      int code = execute("verify", json ? option : "");
      if (code == ExitCode.OK) {
        assertTrue(directory.isWhole(), "called whole");
      }
    }

    private void recover(String option) throws IOException {
      boolean decodable = directory.isDecodable(blob.metadata().parameters());
      Map<String, byte[]> before = directory.contents();
      boolean limited = option.startsWith("--axis") || option.startsWith("--pair");
      int code = execute("recover", option.startsWith("--check") ? "" : option);
      for (Map.Entry<String, byte[]> file : directory.contents().entrySet()) {
        byte[] old = before.get(file.getKey());
        assertTrue(
            Arrays.equals(old, file.getValue()) || directory.isTrue(file.getKey()),
            () -> "wrote something else: " + file.getKey());
      }
      if (code == ExitCode.OK && !limited) {
        assertTrue(directory.isWhole(), "called whole");
      }
      if (decodable && code == ExitCode.BAD_DATA && !limited) {
        throw new AssertionError("there was enough: " + err.toString(UTF_8));
      }
    }

    private void prove(int row, int column) throws IOException, RedStuffException {
      int code = execute("prove", "--symbol=" + row + "-" + column, "-o", output.toString());
      assertEquals(code == ExitCode.OK, Files.exists(output));
      if (code == ExitCode.OK) {
        GeneralRecoverySymbol symbol = GeneralRecoverySymbol.parse(Files.readAllBytes(output));
        symbol.verify(blob.metadata());
        assertEquals(row + "-" + column, symbol.id().toString());
      }
    }

    private void dispute() throws IOException {
      int code = execute("dispute", "-o", output.toString());
      assertTrue(code != ExitCode.OK && !Files.exists(output), "the writer was honest");
    }
  }
}
