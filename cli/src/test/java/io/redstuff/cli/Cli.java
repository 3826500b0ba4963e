package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Progress;
import io.redstuff.store.CreatedFiles;
import io.redstuff.store.FullDisk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs the command in this JVM and keeps what it printed. */
final class Cli {

  private final int exitCode;
  private final byte[] stdout;
  private final String err;

  private Cli(int exitCode, byte[] stdout, String err) {
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.err = err;
  }

  /** Runs with an empty standard input; arguments may be anything that has a text form. */
  static Cli run(Object... args) {
    return run(new byte[0], new CreatedFiles(), args);
  }

  /** Runs with {@code stdin} as standard input. */
  static Cli withInput(byte[] stdin, Object... args) {
    return run(stdin, new CreatedFiles(), args);
  }

  /** Runs with new files made by {@code files}. */
  static Cli withFiles(CreatedFiles files, Object... args) {
    return run(new byte[0], files, args);
  }

  /** Runs with new files opened by {@code opener}. */
  static Cli withFiles(FullDisk.Opener opener, Object... args) {
    return withFiles(FullDisk.files(opener), args);
  }

  private static Cli run(byte[] stdin, CreatedFiles files, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Session session =
        new Session(
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            new ByteArrayInputStream(stdin),
            files,
            Progress.NONE);
    int exitCode =
        Main.run(session, Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    session.out().flush();
    session.err().flush();
    return new Cli(exitCode, out.toByteArray(), err.toString(UTF_8));
  }

  /** Encodes {@code file} into {@code directory}, which must work; gives the blob id. */
  static String encode(int shards, Path file, Path directory) {
    Cli run = run("encode", "-n", shards, "-o", directory, file);
    if (run.exitCode() != ExitCode.OK) {
      throw new AssertionError(run.err());
    }
    return run.out().strip();
  }

  /** What a shell would see. */
  int exitCode() {
    return exitCode;
  }

  /** The bytes of standard output. */
  byte[] stdout() {
    return stdout;
  }

  /** The text of standard error. */
  String err() {
    return err;
  }

  /** Standard output as text. */
  String out() {
    return new String(stdout, UTF_8);
  }

  /** The lines of standard error. */
  List<String> errLines() {
    return err.lines().toList();
  }
}
