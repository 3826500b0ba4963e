package io.redstuff.bench.report;

import io.redstuff.bench.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs what belongs to a topic and collects the results. */
final class Recorder {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final boolean quick;
  private final PrintStream out;
  private final Set<String> leftOut = new LinkedHashSet<>();

  /**
   * Measures nothing yet.
   *
   * @param quick whether to take short iterations and leave long blobs out
   * @param out takes a line for everyone who is left out
   */
  Recorder(boolean quick, PrintStream out) {
    this.quick = quick;
    this.out = out;
  }

  /** Who could not be measured so far, and why. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /**
   * Runs.
   *
   * @param runs what
   * @return the results, as JMH writes them
   * @throws IOException if they cannot be written or read
   * @throws RunnerException if JMH cannot run
   * @throws InterruptedException if the thread is told to stop
   */
  ArrayNode record(List<Run> runs) throws IOException, RunnerException, InterruptedException {
    ArrayNode results = MAPPER.createArrayNode();
    Path file = Files.createTempFile("redstuff-bench", ".json");
    try {
      for (Run run : runs) {
        boolean ran =
            switch (quick ? run.quick() : run) {
              case Run.Jmh jmh -> jmh(jmh, file);
              case Run.Wasm wasm -> wasm(wasm, file);
            };
        if (ran) {
          for (JsonNode result : MAPPER.readTree(file)) {
            results.add(kept((ObjectNode) result));
          }
        }
      }
    } finally {
      Files.delete(file);
    }
    return results;
  }

  /** Without where Java lies on this machine and what the report has no use for. */
  private static ObjectNode kept(ObjectNode result) {
    result.remove("jvm");
    if (result.path("secondaryMetrics") instanceof ObjectNode others) {
      others.retain("gc.alloc.rate.norm", "bytes");
    }
    return result;
  }

  private boolean jmh(Run.Jmh run, Path file) throws RunnerException {
    Optional<String> missing =
        Peer.absent().stream()
            .filter(peer -> run.include().contains(peer.benchmark()))
            .findFirst()
            .flatMap(Peer::missing);
    if (missing.isPresent()) {
      leaveOut(missing.get());
      return false;
    }
    if (run.params().values().stream().anyMatch(List::isEmpty)) {
      return false; // nothing is left of it in a quick run
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(run.include())
            .addProfiler(GCProfiler.class)
            .resultFormat(ResultFormatType.JSON)
            .result(file.toString());
    run.params().forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    if (quick) {
      options.warmupIterations(3).warmupTime(TimeValue.seconds(1));
      options.measurementIterations(3).measurementTime(TimeValue.milliseconds(500));
    }
    new Runner(options.build()).run();
    return true;
  }

  private boolean wasm(Run.Wasm run, Path file) throws IOException, InterruptedException {
    if (run.blobBytes().isEmpty()) {
      return false;
    }
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(run.arguments());
    command.addAll(List.of("--out", file.toString()));
    if (quick) {
      command.addAll(List.of("--samples", "3", "--seconds", "0.2"));
    }
    Process process;
    try {
      process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      leaveOut("walrus-wasm left out: node is not installed");
      return false;
    }
    String last = "";
    try (BufferedReader lines = process.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        last = line;
      }
    }
    int status = process.waitFor();
    if (status == Run.Wasm.LEFT_OUT) {
      leftOut.add(last);
      return false;
    }
    if (status != 0) {
      throw new IOException(run.command() + ": exit code " + status);
    }
    return true;
  }

  private void leaveOut(String why) {
    if (leftOut.add(why)) {
      out.println(why);
    }
  }
}
