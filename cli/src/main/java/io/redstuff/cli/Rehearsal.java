package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.TerminalProgress;
import io.redstuff.store.CreatedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Does what the command is asked for when there is little to do, and keeps none of it. The launcher
 * has the JVM watch this once; from then on it starts with the classes loaded that were needed here
 * and the profiles that were taken.
 *
 * <p>All symbols here are of two bytes. Had the JVM seen longer ones, it would compile for them,
 * too, and take a tenth of a second longer to be ready for the least of blobs.
 */
final class Rehearsal {

  private Rehearsal() {}

  /** Fails if a command does, as then the JVM has not seen what it should. */
  static void main() throws IOException {
    Path directory = Files.createTempDirectory("redstuff-");
    try {
      run("--version");
      run("--help");
      run("blob-id", file(directory, 1 << 10));
      Path tiny = file(directory, 10);
      run("blob-id", "-n", 4, tiny);
      Path slivers = directory.resolve("slivers");
      String id = run("encode", "-n", 4, "-o", slivers, tiny).strip();
      Path proof = directory.resolve("proof");
      run("prove", slivers, "--symbol", "0-0", "-o", proof);
      run("check", "--blob-id", id, "--metadata", slivers.resolve("metadata.bcs"), proof);
    } finally {
      delete(directory);
    }
  }

  private static Path file(Path directory, int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return Files.write(directory.resolve("file-" + length), content);
  }

  /** Runs the command as on a terminal; gives what it printed. */
  private static String run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    Session session =
        new Session(
            new PrintStream(out, false, UTF_8),
            err,
            InputStream.nullInputStream(),
            new CreatedFiles(),
            TerminalProgress.on(err, Duration.ZERO));
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int exitCode = Main.run(session, words);
    if (exitCode != ExitCode.OK) {
      throw new IllegalStateException(String.join(" ", words) + ": exit code " + exitCode);
    }
    return out.toString(UTF_8);
  }

  private static void delete(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.toList();
    }
    for (Path path : paths.reversed()) {
      Files.delete(path);
    }
  }
}
