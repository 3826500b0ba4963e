package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command interrupted at random moments, from its start to after its end, by the signals of
 * Ctrl-C and {@code kill}: everything is as before or as it should be in the end, and no other file
 * is left.
 *
 * <p>{@code -Dredstuff.kills=200} interrupts that often.
 */
class SignalTest {

  private static final int SIGNALS = Integer.getInteger("redstuff.kills", 6);
  private static final int SHARDS = 40;

  @TempDir private Path directory;

  private final Random random = new Random();
  private Path work;
  private Path file;
  private Path slivers;

  @BeforeEach
  void encode() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    random.setSeed(seed);
    file = TestFiles.random(directory, 2_000_000, 1);
    slivers = directory.resolve("slivers");
    Cli.encode(SHARDS, file, slivers);
    work = Files.createDirectory(directory.resolve("work"));
  }

  private static Map<String, byte[]> content(Path root) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    for (String name : TestFiles.tree(root)) {
      Path path = root.resolve(name);
      content.put(name, Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0]);
    }
    return content;
  }

  private static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), other.get(file.getKey())));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : TestFiles.tree(from)) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  /** Runs a command that is let be once, then interrupted; what it works on is under work. */
  private void interrupt(Setup setup, Object... command) throws Exception {
    setup.run();
    Map<String, byte[]> before = content(work);
    Shell shell = new Shell(directory);
    long start = System.nanoTime();
    assertEquals(0, shell.start(command).waitFor(), shell.err());
    long nanos = System.nanoTime() - start;
    Map<String, byte[]> after = content(work);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < SIGNALS; i++) {
      TestFiles.deleteTree(work);
      Files.createDirectory(work);
      setup.run();
      String signal = random.nextBoolean() ? "INT" : "TERM";
      Process process = shell.start(command);
      // The JVM takes a part of the time to start, in which there is little to go wrong.
      double part = random.nextInt(4) == 0 ? random.nextDouble() : 0.3 + 0.8 * random.nextDouble();
      process.waitFor((long) (part * nanos), TimeUnit.NANOSECONDS);
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      int exitCode = process.waitFor();
      Map<String, byte[]> now = content(work);
      boolean asBefore = same(before, now);
      assertTrue(
          asBefore || same(after, now),
          () -> signal + " left " + now.keySet() + " of " + after.keySet());
      assertEquals("", ofTheCommand(shell.err()));
      assertTrue(List.of(0, 130, 143).contains(exitCode), "exit code " + exitCode);
      outcomes.add(signal + (asBefore ? " before" : " after"));
    }
    System.out.println(
        String.join(" ", Arrays.stream(command).map(c -> "" + c).limit(1).toList()) + outcomes);
  }

  /** Without what the JVM says itself when it is told to end before it has started. */
  private static String ofTheCommand(String err) {
    return err.lines()
        .filter(line -> !line.startsWith("Runtime.exit("))
        .collect(Collectors.joining("\n"));
  }

  /** Prepares what a command works on. */
  @FunctionalInterface
  private interface Setup {
    void run() throws IOException;
  }

  @Test
  @Timeout(600)
  void anEncodingIsWholeOrNotThere() throws Exception {
    interrupt(
        () -> {},
        "encode",
        "-n",
        SHARDS,
        "--memory",
        "4M",
        "--spill",
        work,
        "-o",
        work.resolve("a/out"),
        file);
  }

  @Test
  @Timeout(600)
  void anEarlierEncodingStaysOrGivesWay() throws Exception {
    Path other = directory.resolve("other");
    Cli.encode(10, TestFiles.random(directory, 100_000, 2), other);
    interrupt(
        () -> copy(other, work.resolve("out")),
        "encode",
        "--force",
        "-n",
        SHARDS,
        "-o",
        work.resolve("out"),
        file);
  }

  @Test
  @Timeout(600)
  void aDecodedFileIsWholeOrAsBefore() throws Exception {
    interrupt(
        () -> Files.writeString(work.resolve("back"), "old"),
        "decode",
        slivers,
        "--memory",
        "4M",
        "-o",
        work.resolve("back"));
  }

  @Test
  @Timeout(600)
  void whileStandardInputIsWaitedForNothingIsLeft() throws Exception {
    Process process =
        new Shell(directory).start("encode", "-n", SHARDS, "-o", work.resolve("out"), "-");
    while (!Files.exists(work.resolve("out"))) {
      assertTrue(process.isAlive());
      Thread.sleep(10);
    }
    process.destroy();
    assertEquals(143, process.waitFor());
    assertEquals(List.of(), TestFiles.tree(work));
  }
}
