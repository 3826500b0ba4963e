package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.redstuff.store.AtomicFile;
import io.redstuff.store.DirectoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command killed at random moments, from its start to after its end: what has a final name is
 * right, metadata is there only beside all of its slivers, and running the command again completes
 * the work.
 *
 * <p>{@code -Dredstuff.kills=200} kills that often.
 */
class KillTest {

  private static final int KILLS = Integer.getInteger("redstuff.kills", 6);
  private static final int SHARDS = 100;

  @TempDir private Path directory;

  private final Random random = new Random();
  private int before;
  private int amid;
  private int after;
  private int temporaries;

  /** A command, what is there before it, and what is there after it if it is let be. */
  private record Victim(
      String name, Map<String, byte[]> from, Map<String, byte[]> to, List<String> command) {

    /** Names of slivers that the command makes or makes longer or shorter. */
    List<String> changing() {
      return to.keySet().stream()
          .filter(name -> !name.equals(DirectoryStore.METADATA))
          .filter(name -> !from.containsKey(name) || from.get(name).length != to.get(name).length)
          .toList();
    }
  }

  @Test
  void whatHasItsFinalNameIsRightAndASecondRunCompletesTheWork() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    random.setSeed(seed);
    List<Victim> victims = victims();
    List<Long> nanos = new ArrayList<>();
    for (Victim victim : victims) {
      nanos.add(letBe(victim));
    }
    int kills = 0;
    // A busy machine may be too late for the few milliseconds of writing: it tries again.
    while (kills < KILLS || amid < KILLS / 3) {
      assertTrue(kills < 10 * KILLS, "hardly a kill fell in the time of writing");
      int next = kills % victims.size();
      kill(victims.get(next), nanos.get(next));
      kills++;
    }
    System.out.printf(
        "%s kills: %s before, %s amid and %s after writing; %s left a temporary file%n",
        kills, before, amid, after, temporaries);
  }

  private List<Victim> victims() throws IOException {
    Path file = TestFiles.random(directory, 300_000, 1);
    Path out = directory.resolve("slivers");
    Cli.encode(SHARDS, TestFiles.random(directory, 200_000, 2), out);
    Map<String, byte[]> other = content(out);
    TestFiles.deleteTree(out);
    Cli.encode(SHARDS, file, out);
    Map<String, byte[]> whole = content(out);
    List<String> encode =
        List.of("encode", "--force", "-n", "" + SHARDS, "-o", "" + out, "" + file);
    return List.of(
        new Victim("encode", Map.of(), whole, encode),
        new Victim("encode over another encoding", other, whole, encode),
        new Victim("recover", damaged(whole), whole, List.of("recover", "" + out)));
  }

  /** A third of the pairs gone, a few slivers cut short, one empty and one with a bit turned. */
  private Map<String, byte[]> damaged(Map<String, byte[]> whole) {
    Map<String, byte[]> damaged = new TreeMap<>(whole);
    for (int pair = 0; pair < SHARDS; pair += 3) {
      for (String axis : List.of("primary", "secondary")) {
        damaged.remove(TestFiles.sliver(axis, pair));
      }
    }
    damaged.computeIfPresent("primary/0001.bcs", (_, bytes) -> Arrays.copyOf(bytes, 1000));
    damaged.computeIfPresent("secondary/0004.bcs", (_, bytes) -> Arrays.copyOf(bytes, 100));
    damaged.put("primary/0050.bcs", new byte[0]);
    byte[] turned = whole.get("secondary/0070.bcs").clone();
    turned[random.nextInt(turned.length)] ^= 1;
    damaged.put("secondary/0070.bcs", turned);
    return damaged;
  }

  /** Runs a command to its end; gives the time it took. */
  private long letBe(Victim victim) throws IOException, InterruptedException {
    prepare(victim);
    Shell shell = new Shell(directory);
    long start = System.nanoTime();
    int exitCode = shell.start(victim.command().toArray()).waitFor();
    long nanos = System.nanoTime() - start;
    assertEquals(0, exitCode, shell.err());
    assertContent(victim.to());
    return nanos;
  }

  private void kill(Victim victim, long nanos) throws Exception {
    prepare(victim);
    Process process = new Shell(directory).start(victim.command().toArray());
    try {
      if (random.nextInt(4) == 0) {
        process.waitFor((long) (random.nextDouble() * 1.1 * nanos), TimeUnit.NANOSECONDS);
      } else {
        List<String> changing = victim.changing();
        String name = changing.get(random.nextInt(changing.size()));
        awaitFile(process, out().resolve(name), victim.to().get(name).length);
        spin(random.nextInt(3_000_000));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    judge(victim);
    Cli again = Cli.run(victim.command().toArray());
    assertEquals("", again.err(), victim.name());
    assertEquals(0, again.exitCode(), victim.name());
    assertContent(victim.to());
    assertEquals(0, Cli.run("verify", out()).exitCode());
  }

  /** Compares everything that has a final name with what may stand there. */
  private void judge(Victim victim) throws IOException {
    Map<String, byte[]> now = content(out());
    boolean asBefore = now.size() == victim.from().size();
    boolean asAfter = now.size() == victim.to().size();
    for (Map.Entry<String, byte[]> file : now.entrySet()) {
      boolean old = Arrays.equals(file.getValue(), victim.from().get(file.getKey()));
      boolean fresh = Arrays.equals(file.getValue(), victim.to().get(file.getKey()));
      if (!old && !fresh) {
        fail(victim.name() + ": wrong bytes in " + file.getKey());
      }
      asBefore &= old;
      asAfter &= fresh;
    }
    byte[] metadata = now.get(DirectoryStore.METADATA);
    if (metadata != null && !victim.name().equals("recover")) {
      assertTrue(asBefore || asAfter, victim.name() + ": metadata without all of its slivers");
    }
    if (asAfter) {
      after++;
    } else if (asBefore) {
      before++;
    } else {
      amid++;
    }
    if (Files.exists(out())
        && TestFiles.tree(out()).stream().anyMatch(name -> isTemporary(Path.of(name)))) {
      temporaries++;
    }
  }

  private Path out() {
    return directory.resolve("slivers");
  }

  private void prepare(Victim victim) throws IOException {
    if (Files.exists(out())) {
      TestFiles.deleteTree(out());
    }
    for (Map.Entry<String, byte[]> file : victim.from().entrySet()) {
      Path path = out().resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private void assertContent(Map<String, byte[]> expected) throws IOException {
    Map<String, byte[]> now = content(out());
    assertEquals(expected.keySet(), now.keySet());
    for (Map.Entry<String, byte[]> file : expected.entrySet()) {
      assertArrayEquals(file.getValue(), now.get(file.getKey()), file.getKey());
    }
  }

  /** All files with a final name; nothing if there is no such directory. */
  private static Map<String, byte[]> content(Path root) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    if (Files.exists(root)) {
      for (String name : TestFiles.tree(root)) {
        Path file = root.resolve(name);
        if (Files.isRegularFile(file) && !isTemporary(file)) {
          content.put(name, Files.readAllBytes(file));
        }
      }
    }
    return content;
  }

  private static boolean isTemporary(Path file) {
    return AtomicFile.isTemporary(file.getFileName().toString());
  }

  /** Waits until a file has a length, or the process has ended. */
  private static void awaitFile(Process process, Path file, long length) throws IOException {
    while (process.isAlive()) {
      try {
        if (Files.size(file) == length) {
          return;
        }
      } catch (NoSuchFileException _) {
        Thread.onSpinWait();
      }
    }
  }

  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
