package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the command in processes of their own, where the system itself makes trouble. */
final class Shell {

  private final Path directory;

  /** Runs in {@code directory}, where files {@code out} and {@code err} are left behind. */
  Shell(Path directory) {
    this.directory = directory;
  }

  /** How a process that runs the command from the tests' class path begins; it lives shortly. */
  private static List<String> java(String... options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:-UsePerfData");
    words.add("-XX:+UseSerialGC");
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-Dredstuff.engine=plain");
    words.addAll(Arrays.asList(options));
    words.add(Main.class.getName());
    return words;
  }

  /**
   * Runs a shell command line in which {@code $REDSTUFF} starts the command; gives the exit code.
   */
  int run(String commandLine) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", commandLine)
            .directory(directory.toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().put("REDSTUFF", String.join(" ", java()));
    // What the system says it says in English then.
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    process.getOutputStream().close();
    Files.write(directory.resolve("out"), process.getInputStream().readAllBytes());
    return process.waitFor();
  }

  /** Starts the command without a shell between, so that killing the process kills the command. */
  Process start(Object... args) throws IOException {
    List<String> words = java("-cp", System.getProperty("java.class.path"));
    Arrays.stream(args).map(Object::toString).forEach(words::add);
    return new ProcessBuilder(words)
        .directory(directory.toFile())
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  /** What the last run printed. */
  String out() throws IOException {
    return Files.readString(directory.resolve("out"), UTF_8);
  }

  /** What the last run printed on standard error. */
  String err() throws IOException {
    return Files.readString(directory.resolve("err"), UTF_8);
  }
}
