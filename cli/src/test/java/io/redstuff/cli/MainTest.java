package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Progress;
import io.redstuff.store.CreatedFiles;
import io.redstuff.store.FullDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @TempDir private Path directory;

  @Test
  void withoutCommandNamesTheCommands() {
    Cli run = Cli.run();
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertEquals(
        "redstuff: a command is needed: blob-id, encode, decode, cat, verify, recover, prove,"
            + " check, dispute, chain-args, price, quilt, audit, info, help - see 'redstuff"
            + " --help'\n",
        run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encod|unknown command 'encod' (did you mean encode or decode or recover?) - see 'redstuff"
            + " --help'",
        "--colour|unknown option '--colour' - see 'redstuff --help'",
        "encode|missing required options and parameters: '--output=DIR', 'FILE'"
            + " - see 'redstuff encode --help'",
        "encode -o x|missing required parameter: 'FILE' - see 'redstuff encode --help'",
        "encode -o x a b|one argument too many: 'b' - see 'redstuff encode --help'",
        "encode -n 1e3 -o x a|invalid value for option '--shards': '1e3' is not an int"
            + " - see 'redstuff encode --help'",
        "encode -n 3 -o x a|shards: got 3, expected 4 to 49155",
        "encode -n 49156 -o x a|shards: got 49156, expected 4 to 49155",
        "encode -n -1 -o x a|shards: got -1, expected 4 to 49155",
        "blob-id|missing required parameter: 'FILE' - see 'redstuff blob-id --help'",
        "blob-id -n 3 a|shards: got 3, expected 4 to 49155",
        "decode x|missing required option: '--output=FILE' - see 'redstuff decode --help'",
        "decode x -o y --axis auto|invalid value for option '--axis': expected one of"
            + " [PRIMARY, SECONDARY, BOTH] (case-insensitive) but was 'auto'"
            + " - see 'redstuff decode --help'",
        "decode x -o y --check some|invalid value for option '--check': expected one of"
            + " [SKIP, DEFAULT, STRICT] (case-insensitive) but was 'some'"
            + " - see 'redstuff decode --help'",
        "decode x -o y --blob-id RcU|invalid value for option '--blob-id': at byte 3: blob id: got"
            + " 3 characters, expected 43 - see 'redstuff decode --help'",
        "verify|missing required parameter: 'DIR' - see 'redstuff verify --help'",
        "recover|missing required parameter: 'DIR' - see 'redstuff recover --help'",
        "cat|missing required parameter: 'DIR' - see 'redstuff cat --help'",
        "cat x --check none|invalid value for option '--check': expected one of"
            + " [RECOVERED, ALL] (case-insensitive) but was 'none' - see 'redstuff cat --help'",
        "recover x --axis auto|invalid value for option '--axis': expected one of"
            + " [PRIMARY, SECONDARY, BOTH] (case-insensitive) but was 'auto'"
            + " - see 'redstuff recover --help'",
        "prove x -o y|missing required option: '--symbol=R-C' - see 'redstuff prove --help'",
        "check x|missing required options: '--blob-id=ID', '--metadata=FILE'"
            + " - see 'redstuff check --help'",
        "dispute x|missing required option: '--output=FILE' - see 'redstuff dispute --help'",
      })
  void misuseIsOneLineAndExitCode2(String args, String message) {
    Cli run = Cli.run((Object[]) args.split(" "));
    assertEquals(List.of("redstuff: " + message), run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
  }

  @Test
  void whatIsNoFileNameIsRefused() {
    Cli run = Cli.run("verify", "a\0b");
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of(
            "redstuff: invalid value for positional parameter at index 0 (DIR): not a file name in"
                + " this locale: nul character not allowed - see 'redstuff verify --help'"),
        run.errLines());
    run = Cli.run("blob-id", "a\0b");
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of("redstuff: a\\u0000b: not a file name in this locale: nul character not allowed"),
        run.errLines());
  }

  @Test
  void anEmptyFileNameIsRefused() {
    Cli run = Cli.run("encode", "-o", "", "a");
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of(
            "redstuff: invalid value for option '--output': got '', expected a file name"
                + " - see 'redstuff encode --help'"),
        run.errLines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blob-id",
        "encode",
        "decode",
        "cat",
        "verify",
        "recover",
        "prove",
        "check",
        "dispute",
        "chain-args",
        "price",
        "info"
      })
  void helpOfEachCommandHasAnExampleAndTheExitCodes(String command) {
    Cli run = Cli.run(command, "--help");
    assertEquals(0, run.exitCode());
    assertEquals("", run.err());
    assertTrue(run.out().contains("Usage: redstuff " + command), run.out());
    assertTrue(run.out().contains("Example:\n  redstuff " + command), run.out());
    assertTrue(run.out().contains("Exit status:\n  0   success\n  1   "), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 90), run.out());
    assertEquals(run.out(), Cli.run("help", command).out());
  }

  @Test
  void helpListsTheCommands() {
    Cli run = Cli.run("--help");
    assertEquals(0, run.exitCode());
    for (String command :
        List.of(
            "blob-id",
            "encode",
            "decode",
            "cat",
            "verify",
            "recover",
            "prove",
            "check",
            "dispute",
            "chain-args",
            "price",
            "info")) {
      assertTrue(run.out().contains("\n  " + command + " "), run.out());
    }
  }

  @Test
  void versionNamesTheCommandAndTheJvm() {
    Cli run = Cli.run("--version");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().startsWith("redstuff "), run.out());
    assertTrue(run.out().contains("Java " + Runtime.version()), run.out());
  }

  @Test
  void debugAddsTheStackTrace() {
    Path missing = directory.resolve("missing");
    Cli run = Cli.run("encode", "--debug", "-o", directory.resolve("out"), missing);
    assertEquals(2, run.exitCode());
    assertEquals("redstuff: " + missing + ": no such file or directory", run.errLines().getFirst());
    assertTrue(run.err().contains("\tat io.redstuff.cli."), run.err());
  }

  @Test
  void aLineEndInAFileNameDoesNotMakeASecondLine() {
    Cli run = Cli.run("encode", "-o", directory.resolve("out"), directory.resolve("a\nb\u001b"));
    assertEquals(
        List.of("redstuff: " + directory + "/a\\nb\\u001b: no such file or directory"),
        run.errLines());
  }

  @Test
  void aFileMayBeCalledAtSomething() {
    Cli run = Cli.run("blob-id", "@missing");
    assertEquals(List.of("redstuff: @missing: no such file or directory"), run.errLines());
  }

  @Test
  void standardOutputThatCannotBeWrittenIsAFailure() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            new PrintStream(full, false, UTF_8),
            new PrintStream(err, true, UTF_8),
            InputStream.nullInputStream(),
            "info");
    assertEquals(2, exitCode);
    assertEquals("redstuff: standard output: write failed\n", err.toString(UTF_8));
  }

  @Test
  void lackOfMemoryIsOneLine() throws IOException {
    Path file = TestFiles.walrus(directory);
    Path out = directory.resolve("out");
    FullDisk.Opener files =
        (_, _) -> {
          throw new OutOfMemoryError("no room");
        };
    Cli run = Cli.withFiles(files, "encode", "-n", 4, "-o", out, file);
    assertEquals(2, run.exitCode());
    assertEquals(List.of("redstuff: not enough memory: no room"), run.errLines());
    assertEquals(List.of("walrus.txt"), TestFiles.tree(directory));
  }

  @Test
  void aFileThatShrinksUnderItsMappingIsOneLine() throws IOException {
    Path file = TestFiles.walrus(directory);
    FullDisk.Opener files =
        (_, _) -> {
          throw new InternalError("a fault occurred");
        };
    Cli run = Cli.withFiles(files, "encode", "-n", 4, "-o", directory.resolve("out"), file);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of("redstuff: a file changed while it was read: a fault occurred"), run.errLines());
  }

  @Test
  void anInternalErrorIsOneLine() throws IOException {
    Path file = TestFiles.walrus(directory);
    FullDisk.Opener files =
        (_, _) -> {
          throw new IllegalStateException("surprise");
        };
    Cli run = Cli.withFiles(files, "encode", "-n", 4, "-o", directory.resolve("out"), file);
    assertEquals(2, run.exitCode());
    assertEquals(
        List.of(
            "redstuff: internal error: java.lang.IllegalStateException: surprise"
                + " (--debug shows where)"),
        run.errLines());
  }

  @Test
  void progressCanBeSwitchedOff() {
    PrintStream stream = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    Progress.Factory never =
        (_, _, _) -> {
          throw new AssertionError("a bar was started");
        };
    Session session =
        new Session(stream, stream, InputStream.nullInputStream(), new CreatedFiles(), never);
    assertEquals(0, Main.run(session, "info", "--no-progress"));
    session.startProgress("work", 1, "unit").close();
  }
}
