package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.option.ThreadsOption;
import io.redstuff.codec.RedStuff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ThreadsOptionTest {

  @TempDir private Path directory;

  private static int parallelism(String... args) throws CommandException {
    return CommandLine.populateCommand(new ThreadsOption(), args)
        .applyTo(RedStuff.forShards(4))
        .parallelism();
  }

  @Test
  void theCodecHasAsManyThreadsAsAreWanted() throws CommandException {
    assertEquals(1, parallelism("--threads", "1"));
    assertEquals(7, parallelism("--threads=7"));
    assertEquals(Runtime.getRuntime().availableProcessors(), parallelism());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theResultIsTheSame(int threads) throws IOException {
    Path file = TestFiles.random(directory, 300_000, 2);
    Path slivers = directory.resolve("slivers");
    Path back = directory.resolve("back");
    String id = Cli.run("blob-id", "-n", 40, file).out().substring(0, 43);
    assertEquals(
        id, Cli.run("blob-id", "-n", 40, "--threads", threads, file).out().substring(0, 43));
    Cli encode = Cli.run("encode", "-n", 40, "--threads", threads, "-o", slivers, file);
    assertEquals(id, encode.out().strip());
    assertEquals(0, Cli.run("verify", "--threads", threads, slivers).exitCode());
    assertEquals(
        0,
        Cli.run("decode", "--threads", threads, "--check=strict", "-o", back, slivers).exitCode());
    assertEquals(id, Cli.run("blob-id", "-n", 40, back).out().substring(0, 43));
    assertEquals(0, Cli.run("recover", "--threads", threads, slivers).exitCode());
    assertEquals(1, Cli.run("dispute", "--threads", threads, "-o", "-", slivers).exitCode());
  }

  @Test
  void fewerThanOneIsRefused() throws IOException {
    Cli run = Cli.run("blob-id", "--threads", 0, TestFiles.walrus(directory));
    assertEquals(List.of("redstuff: --threads: got 0, expected 1 or more"), run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
  }
}
