package io.redstuff.network.fault;

import io.redstuff.network.ledger.testing.ChildJvm;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A whole network in processes of its own, to be killed with all that it has. */
final class NetworkProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 600;
  private static final String END = "end";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  private NetworkProcess(List<String> command) throws IOException {
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader();
    this.reader =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    out.lines().forEach(lines::add);
                  } finally {
                    lines.add(END);
                  }
                });
  }

  /** What it runs. */
  record Plan(NetworkHome home, LocalNetwork.Mode mode, int nodes, int shards) {
    List<String> command(String... more) {
      List<String> arguments =
          new ArrayList<>(
              List.of(home.directory().toString(), mode.name(), "" + nodes, "" + shards));
      arguments.addAll(List.of(more));
      return ChildJvm.command(NetworkMain.class, arguments.toArray(String[]::new));
    }
  }

  /** Starts one; returns when all its nodes serve. */
  static NetworkProcess start(List<String> command) throws IOException, InterruptedException {
    NetworkProcess network = new NetworkProcess(command);
    boolean isReady = false;
    try {
      isReady = network.line().equals(NetworkMain.READY);
      if (!isReady) {
        throw new IOException("the network did not start");
      }
      return network;
    } finally {
      if (!isReady) {
        network.kill();
      }
    }
  }

  /** Waits for what it says next. */
  String line() throws IOException, InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new IOException(line == null ? "the network says nothing" : "the network has ended");
    }
    return line;
  }

  long pid() {
    return process.pid();
  }

  /** Kills it and its nodes; returns what it has said until then and nobody has asked for. */
  List<String> kill() throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
    all.forEach(each -> each.onExit().join());
    reader.join();
    List<String> left = new ArrayList<>();
    lines.drainTo(left);
    left.remove(END);
    return left;
  }

  /** Stops it as a user does. */
  void stop() throws IOException, InterruptedException {
    process.outputWriter().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the network did not stop");
    }
  }

  /** Leaves nothing running. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
