package io.redstuff.bench.report;

import com.sun.management.OperatingSystemMXBean;
import io.redstuff.bench.peer.Peer;
import io.redstuff.simd.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs commands, each a process of its own, and collects what they measure.
 *
 * @param home the directory to run them in
 * @param quick whether with short iterations
 * @param out takes what they have to say
 * @param leftOut collects who could not be measured, and why
 */
record Recorder(Path home, boolean quick, PrintStream out, Set<String> leftOut) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Exit code of a program that cannot have what it measures; its last line says why. */
  private static final int LEFT_OUT = 3;

  /** Runs all; returns the results as JMH writes them. */
  ArrayNode results(List<String> commands) throws IOException, InterruptedException {
    ArrayNode results = MAPPER.createArrayNode();
    Path file = Files.createTempFile("redstuff-bench", ".json");
    try {
      for (String command : commands) {
        Files.writeString(file, "[]");
        Optional<String> missing = Peer.missing(command);
        if (command.contains("-jar " + Report.BEFORE)
            && !Files.exists(home.resolve(Report.BEFORE))) {
          missing = Optional.of("an earlier build left out: got none in " + Report.BEFORE);
        }
        missing.ifPresent(out::println);
        if (missing.isEmpty()) {
          missing = run(command, file);
        }
        missing.ifPresent(leftOut::add);
        for (JsonNode result : MAPPER.readTree(file)) {
          // without where Java lies on this machine and what the report has no use for
          ((ObjectNode) result).remove("jvm");
          if (result.path("secondaryMetrics") instanceof ObjectNode others) {
            others.retain("gc.alloc.rate.norm", "bytes");
          }
          results.add(result);
        }
      }
    } finally {
      Files.delete(file);
    }
    return results;
  }

  /** Where and how it runs, today, and who was left out. */
  ObjectNode machine() throws IOException {
    List<String> cpu = Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ObjectNode machine = MAPPER.createObjectNode();
    // Virtual machines often hide the model behind a name that says nothing.
    String model = field(cpu, "model name") + " (family %s, model %s)";
    machine.put("cpu", model.formatted(field(cpu, "cpu family"), field(cpu, "model")));
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("memory", system.getTotalMemorySize());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    machine.put("engine", Engines.describe());
    machine.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    machine.put("quick", quick);
    return machine.set("leftOut", MAPPER.valueToTree(leftOut));
  }

  /** Returns why it cannot run here; empty if it has. */
  private Optional<String> run(String command, Path file) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command.replace("'", "").split(" ", -1)));
    boolean jmh = command.contains(" -jar ");
    if (words.getFirst().equals("java")) {
      words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
    boolean isShort = quick && !command.contains(" -wi ");
    String options = jmh ? "-wi 3 -w 1s -i 3 -r 500ms " : "--samples 3 ";
    String output = jmh ? "-prof gc -rf json -rff" : "--out";
    words.addAll(List.of((isShort ? options + output : output).split(" ", -1)));
    words.add(file.toString());
    Process process;
    try {
      process =
          new ProcessBuilder(words)
              .directory(home.toAbsolutePath().toFile())
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return Optional.of(words.get(1) + " left out: " + words.getFirst() + " is not installed");
    }
    String last = "";
    try (BufferedReader lines = process.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        last = line;
      }
    }
    int status = process.waitFor();
    if (status != 0 && status != LEFT_OUT) {
      throw new IOException(command + ": exit code " + status);
    }
    return status == 0 ? Optional.empty() : Optional.of(last);
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .map(line -> line.split("\\s*:\\s*", 2))
        .filter(parts -> parts[0].equals(name))
        .map(parts -> parts[1])
        .findFirst()
        .orElse("?");
  }
}
