package io.redstuff.network.local;

import io.redstuff.store.Durability;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node in a process of its own. It is stopped by closing its standard input, so that it also ends
 * when this process does, whatever the reason. Its log is a file in its directory.
 */
final class NodeProcess implements NodeRunner {
  private static final long STOP_SECONDS = 20;

  private final NodeHome home;
  private final URI ledger;
  private final Durability durability;
  private Process process;

  NodeProcess(NodeHome home, URI ledger, Durability durability) {
    this.home = home;
    this.ledger = ledger;
    this.durability = durability;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(command())
            .redirectError(
                ProcessBuilder.Redirect.appendTo(home.directory().resolve("node.log").toFile()))
            .start();
    process = started;
    if (!NodeMain.READY.equals(nextLine(started))) {
      kill();
      throw new IOException(
          "%s: did not start; see %s".formatted(home.name(), home.directory().resolve("node.log")));
    }
  }

  /**
   * Reads on a thread of its own. A virtual thread that reads from a process keeps its carrier:
   * some of them at a time would leave none for the ledger's server, on which the node waits.
   */
  private static String nextLine(Process process) throws IOException, InterruptedException {
    // Not closed: what a node says later would end it if nobody could read it.
    BufferedReader out = process.inputReader();
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("line of a node")
        .start(
            () -> {
              try {
                line.complete(out.readLine());
              } catch (IOException e) {
                line.completeExceptionally(e);
              }
            });
    try {
      return line.get();
    } catch (ExecutionException e) {
      throw new IOException("node: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Returns where the classes of this process come from; modules among them are none there. */
  private static String classPath() {
    return Stream.of("jdk.module.path", "java.class.path")
        .map(System::getProperty)
        .filter(path -> path != null && !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath()));
    command.add(NodeMain.class.getName());
    command.addAll(List.of(home.directory().toString(), ledger.toString(), durability.name()));
    return command;
  }

  /** Returns where this process finds classes; those of modules are found on a class path, too. */
  private static String classPath() {
    String modules = System.getProperty("jdk.module.path", "");
    String classes = System.getProperty("java.class.path", "");
    return Stream.of(classes, modules)
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    if (process == null) {
      return;
    }
    process.outputWriter().close();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
    process = null;
  }

  @Override
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
      process = null;
    }
  }

  @Override
  public boolean awaitWhole(Duration most) throws IOException, InterruptedException {
    if (!isRunning()) {
      return true;
    }
    Writer out = process.outputWriter();
    out.write(NodeMain.WHOLE + most + "\n");
    out.flush();
    String said = nextLine(process);
    if (said == null) {
      throw new IOException(home.name() + ": ended before it had all that it owes");
    }
    return Boolean.parseBoolean(said);
  }

  @Override
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
