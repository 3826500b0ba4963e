package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network by commands alone, as docs/network.md has them. */
class NetworkCommandsTest {
  private static final String NOBODY =
      "0x7d20dcdb2bca4f508ea9613994683eb4e76e9c4ed371169677c1be02aaf0b58e";

  /** How long a node may take to heal on a machine that has other work. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final byte[] content = new byte[100_000];
  private final List<Process> started = new ArrayList<>();
  private Path data;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    data = directory.resolve("net");
    file = directory.resolve("file");
    new Random(3).nextBytes(content);
    Files.write(file, content);
  }

  /** What is still there when a test has failed; nodes end with the network that started them. */
  @AfterEach
  void endNetworks() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private int run(Object... args) {
    List<String> words = new ArrayList<>(List.of("network"));
    Arrays.stream(args).map(Object::toString).forEach(words::add);
    words.addAll(List.of("--data", data.toString()));
    return runAsIs(words);
  }

  private int runAsIs(List<String> words) {
    out.reset();
    err.reset();
    return Main.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        InputStream.nullInputStream(),
        words.toArray(String[]::new));
  }

  private String fine(Object... args) {
    assertEquals(0, run(args), err::toString);
    return out.toString(UTF_8);
  }

  private void fails(int exitCode, String message, Object... args) {
    assertEquals(exitCode, run(args), err::toString);
    assertTrue(err.toString(UTF_8).contains(message), err::toString);
  }

  private LocalNetwork open() throws Exception {
    return LocalNetwork.open(
        new NetworkHome(data), NetworkPlan.DEFAULT.ofSize(4, 10), LocalNetwork.Mode.ONE_JVM);
  }

  @Test
  void aBlobOutlivesItsNodes() throws Exception {
    try (LocalNetwork network = open()) {
      String id = fine("store", file, "--epochs", 5).strip();
      fine("stop", "node-1", "--delete-data");
      assertTrue(fine("status").contains("stopped"));
      Path back = directory.resolve("back");
      fine("read", id, "-o", back);
      assertArrayEquals(content, Files.readAllBytes(back));
      fine("read", id, "-o", back, "--range", "10-19");
      assertArrayEquals(Arrays.copyOfRange(content, 10, 20), Files.readAllBytes(back));
      fails(1, "", "audit", "-c", 10);
      assertTrue(out.toString(UTF_8).contains("node-1     failed"), out::toString);
      assertEquals("node-1: runs\n", fine("start", "node-1"));
      // The node heals by itself; nobody is told when it has.
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (run("audit", "-c", 20, "--blob-id", id) != 0) {
        assertTrue(System.nanoTime() < deadline, err::toString);
        Thread.sleep(100);
      }
      assertEquals("node-2: changed 1 slivers\n", fine("corrupt", "node-2"));
      assertTrue(fine("epoch", "next", "--json").contains("\"epoch\" : 2"));
      assertEquals(2, network.ledger().system().epoch());
      fine("read", id, "-o", back);
      assertArrayEquals(content, Files.readAllBytes(back));
      fails(1, "nobody has it registered", "read", "A".repeat(43), "-o", back);
      // One id in 64 begins so.
      String dashed = "-o" + "A".repeat(41);
      fails(1, "nobody has it registered", "read", dashed, "-o", back);
      fails(1, "nobody has it registered", "read", "-o", back, dashed, "--range=1-2");
      fails(2, "unknown option '-" + "A".repeat(41), "read", id, "-o", back, "-" + "A".repeat(41));
      assertTrue(fine("status", "--json").contains("\"blobs\" : 1"));
      String deletable = fine("store", file, "--deletable", "--json");
      assertTrue(deletable.contains("\"deletable\" : true"), deletable);
    }
  }

  @Test
  void stakesVotesAndTransfers() throws Exception {
    try (LocalNetwork network = open()) {
      assertTrue(fine("stake", "node-3", "250000WAL").contains("from epoch 2 on"));
      fine("epoch", "next");
      assertEquals("4 nodes voted for storage-price 12000\n", fine("vote", "storage-price", 12000));
      fine("vote", "write-price", "1", "--node", "node-0,node-1,node-2");
      fine("vote", "capacity", 1L << 41);
      fine("vote", "max-epochs-ahead", 20);
      fine("epoch", "next");
      assertEquals(12_000, network.ledger().system().prices().storagePerUnit().value());
      assertEquals(20, network.ledger().system().parameters().maxEpochsAhead());
      assertEquals("node-1 has lost its commission\n", fine("vote", "slash", "node-1"));
      fine("transfer", "12.5WAL", NOBODY);
      assertEquals(
          "12.5WAL now belongs to " + NOBODY + System.lineSeparator(), out.toString(UTF_8));
      fails(2, "ENotEnough", "transfer", "999999999WAL", NOBODY);
      fails(2, "EObjectNotFound", "transfer", NOBODY, NOBODY);
      fails(2, "expected", "transfer", "x", NOBODY);
      fails(2, "expected one of node-0", "stake", "node-9", "1WAL");
      fails(2, "expected storage-price", "vote", "praise", "1");
      fails(2, "expected a number", "vote", "capacity", "-1");
      fails(2, "expected at least 1", "corrupt", "node-1", "--slivers", 0);
      fails(2, "expected 1 to", "audit", "-c", 0);
      fails(2, "no blob that the network owes", "audit");
      String load = fine("load", "--size", "3KiB", "--blobs", 5, "--clients", 2);
      assertTrue(load.startsWith("5 blobs of 3072 bytes, 2 at a time"), load);
      assertTrue(load.contains("store ") && load.contains("read "), load);
      assertTrue(fine("load", "--blobs", 1, "--json").contains("\"ninetyNine\" : "));
      fails(2, "--blobs: got 0, expected 1 to 1000000", "load", "--blobs", 0);
      fails(2, "epochs: got 0", "store", file, "--epochs", 0);
      fails(2, "no such file", "store", directory.resolve("nowhere"));
    }
    assertEquals(2, runAsIs(List.of("network", "epoch")));
    assertTrue(err.toString(UTF_8).contains("a command is needed"), err::toString);
    fails(2, "no network runs there", "status");
    fails(2, "no network runs there", "stake", "node-1", "1WAL");
    fails(2, "nodes: got 0", "up", "--nodes", 0);
    fails(2, "--port: got 65536", "up", "--port", 65536);
  }

  /** A process per node; all of them end with the one that started them, and go on with it. */
  @Test
  void processes() throws Exception {
    Process up = up("--nodes", "4", "--shards", "10", "--processes");
    List<ProcessHandle> nodes = up.children().toList();
    assertEquals(4, nodes.size());
    String id = fine("store", file, "--epochs", 3).strip();
    fine("stop", "node-2", "--kill");
    assertEquals(3, nodes.stream().filter(ProcessHandle::isAlive).count());
    up.destroyForcibly().waitFor();
    for (ProcessHandle node : nodes) {
      node.onExit().get();
    }
    Process again = up("--processes");
    Path back = directory.resolve("back");
    fine("read", id, "-o", back);
    assertArrayEquals(content, Files.readAllBytes(back));
    again.destroy();
    again.waitFor();
    assertFalse(Files.exists(data.resolve("network.json")));
    try (Stream<ProcessHandle> left = again.children()) {
      assertEquals(0, left.count());
    }
    Process other = start("--nodes", "5");
    assertEquals(2, other.waitFor());
    String said = new String(other.getErrorStream().readAllBytes(), UTF_8);
    assertTrue(said.contains("--nodes: got 5, expected 4"), said);
  }

  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("network", "up", "--port", "0", "--data", data.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  /** Starts a network and waits until it says that it is ready. */
  private Process up(String... options) throws Exception {
    Process process = start(options);
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    if (line == null) {
      throw new AssertionError(new String(process.getErrorStream().readAllBytes(), UTF_8));
    }
    assertTrue(line.contains(" with 4 nodes, 10 shards, epoch 1, data "), line);
    URI door = NetworkDescription.read(data.resolve("network.json")).frontDoor().orElseThrow();
    assertTrue(line.startsWith("ready: " + door + " "), line);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(door.resolve("/page/v1/network")).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertTrue(answer.body().contains("\"shards\":10"), answer::body);
    }
    return process;
  }
}
