package io.redstuff.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times whole processes, from files to files: the {@code redstuff} command, beside it the official
 * WASM build under Node and an earlier build of this project, in turn, so that what else the
 * machine does meets all of them. Writes medians, in milliseconds, as JMH does.
 */
@Command(name = "ColdBenchmark", description = "Times commands as whole processes.")
public final class ColdBenchmark implements Callable<Integer> {
  /** The memory of WASM ends at 4 GiB, and an encoding takes some five times its blob. */
  private static final long OFFICIAL_BYTES = 256 << 20;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path home;
  private final List<Map<String, Object>> results = new ArrayList<>();

  @Option(names = "--work", split = ",", description = "What to time: ${COMPLETION-CANDIDATES}.")
  private List<ColdWork> works = List.of(ColdWork.values());

  @Option(names = "--bytes", split = ",", description = "How long the blobs are.")
  private List<Long> sizes = List.of(1024L);

  @Option(names = "--shards", description = "How many shards.")
  private int shards = 1000;

  @Option(names = "--samples", description = "How many processes of each.")
  private int samples = 5;

  @Option(names = "--before", description = "An earlier build's directory; left out if not there.")
  private Path before;

  @Option(names = "--out", required = true, description = "The file for the results.")
  private Path out;

  private ColdBenchmark(Path home) {
    this.home = home;
  }

  /** Runs it in the project's directory. */
  public static void main(String[] args) {
    System.exit(line(Path.of("").toAbsolutePath()).execute(args));
  }

  /** The command, with the project's directory. */
  static CommandLine line(Path home) {
    CommandLine line = new CommandLine(new ColdBenchmark(home));
    return line.registerConverter(
        ColdWork.class, name -> ColdWork.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("redstuff-cold");
    ColdFiles files = new ColdFiles(directory, shards);
    try {
      for (long bytes : sizes) {
        measure(files, bytes);
      }
    } finally {
      remove(directory);
    }
    MAPPER.writeValue(out, results);
    return CommandLine.ExitCode.OK;
  }

  private void measure(ColdFiles files, long bytes) throws IOException, InterruptedException {
    fill(files.blob(), bytes);
    Map<String, Path> builds = new LinkedHashMap<>();
    builds.put("redstuff", home.resolve("redstuff"));
    if (before != null && Files.exists(home.resolve(before))) {
      builds.put("before", home.resolve(before).resolve("redstuff"));
    } else {
      System.err.println("an earlier build left out: none in " + before);
    }
    String blobId = "";
    for (Path build : builds.values()) {
      // Builds itself, where that has not been done.
      blobId = run(files, command(build, ColdWork.BLOB_ID.arguments(files)));
    }
    if (works.stream().anyMatch(ColdWork::needsSlivers)) {
      remove(files.encoding());
      Path out = files.out();
      remove(out);
      run(files, command(builds.get("redstuff"), ColdWork.ENCODE.arguments(files)));
      Files.move(out, files.encoding());
    }
    for (ColdWork work : works) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      builds.forEach((who, build) -> commands.put(who, command(build, work.arguments(files))));
      List<String> official = work.officialArguments(files, blobId, bytes);
      if (!official.isEmpty() && bytes <= OFFICIAL_BYTES && hasOfficial()) {
        String program = home.resolve("bench/node/wasm-process.mjs").toString();
        commands.put(
            "walrus-wasm", Stream.concat(Stream.of("node", program), official.stream()).toList());
      }
      time(work, bytes, files, commands, blobId);
    }
  }

  private boolean hasOfficial() {
    boolean isThere = Files.exists(home.resolve("fuzz/oracle/node_modules"));
    if (!isThere) {
      System.err.println("walrus-wasm left out: not there before npm ci --prefix fuzz/oracle");
    }
    return isThere;
  }

  private static List<String> command(Path build, List<String> arguments) {
    return Stream.concat(Stream.of(build.toString()), arguments.stream()).toList();
  }

  private void time(
      ColdWork work, long bytes, ColdFiles files, Map<String, List<String>> commands, String blobId)
      throws IOException, InterruptedException {
    Map<String, double[]> millis = new LinkedHashMap<>();
    for (int sample = 0; sample < samples; sample++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        work.arrange(files);
        long from = System.nanoTime();
        String printed = run(files, command.getValue());
        double passed = (System.nanoTime() - from) / 1e6;
        boolean namesBlob = work == ColdWork.BLOB_ID || work == ColdWork.ENCODE;
        if (namesBlob && !printed.equals(blobId)) {
          throw new IOException(command + ": got blob id " + printed + ", expected " + blobId);
        }
        if (!work.isDone(files)) {
          throw new IOException(command + ": the result is not the blob");
        }
        millis.computeIfAbsent(command.getKey(), who -> new double[samples])[sample] = passed;
      }
    }
    millis.forEach((who, times) -> results.add(result(work, bytes, who, times)));
  }

  private Map<String, Object> result(ColdWork work, long bytes, String who, double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    double median = (sorted[samples / 2] + sorted[(samples - 1) / 2]) / 2;
    System.err.printf(
        Locale.ROOT, "cold %s, %d bytes, %s: %.0f ms%n", work.title(), bytes, who, median);
    Map<String, Object> metric =
        Map.of("score", median, "scoreError", "NaN", "scoreUnit", "ms/op", "rawData", times);
    return Map.of(
        "benchmark",
        "cold." + work.title(),
        "mode",
        "ss",
        "params",
        Map.of("who", who, "shards", "" + shards, "blobBytes", "" + bytes),
        "primaryMetric",
        metric,
        "secondaryMetrics",
        Map.of());
  }

  /** Runs a process to its end; returns the first word that it prints. */
  private static String run(ColdFiles files, List<String> command)
      throws IOException, InterruptedException {
    Path errors = files.directory().resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(files.printed().toFile())
            .redirectError(errors.toFile())
            .start();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(command + ": exit code " + status + "\n" + Files.readString(errors));
    }
    return Files.readString(files.printed()).split("\\s", 2)[0];
  }

  private static void fill(Path file, long bytes) throws IOException {
    Random random = new Random(1);
    byte[] piece = new byte[1 << 16];
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long left = bytes; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        to.write(piece, 0, (int) Math.min(left, piece.length));
      }
    }
  }

  static void remove(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.toList().reversed()) {
          Files.delete(each);
        }
      }
    }
  }
}
