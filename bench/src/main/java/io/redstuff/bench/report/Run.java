package io.redstuff.bench.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Something to run for a topic. */
sealed interface Run {
  /** Blobs longer than this are left out of a quick run. */
  long QUICK_BYTES = 1 << 20;

  /**
   * The same with less to do.
   *
   * @return without the long blobs
   */
  Run quick();

  /** What to type to run it alone. */
  String command();

  /**
   * Benchmarks of JMH.
   *
   * @param include a regular expression that the names of the benchmarks contain
   * @param params values of parameters by name; those not named have their defaults
   */
  record Jmh(String include, Map<String, List<String>> params) implements Run {
    /**
     * Benchmarks of one class.
     *
     * @param benchmark the last parts of their names, as a regular expression
     * @param params a name, its values separated by commas, the next name and so on
     * @return the run
     */
    static Jmh of(String benchmark, Object... params) {
      return new Jmh(
          "\\." + benchmark + "$",
          Params.of(params).entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, param -> List.of(param.getValue().split(",", -1)))));
    }

    @Override
    public Jmh quick() {
      return new Jmh(
          include,
          params.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      param ->
                          param.getKey().equals("blobBytes")
                              ? shorter(param.getValue())
                              : param.getValue())));
    }

    @Override
    public String command() {
      return "java --add-modules=jdk.incubator.vector -jar bench/target/benchmarks.jar '"
          + include
          + "'"
          + params.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(param -> " -p " + param.getKey() + "=" + String.join(",", param.getValue()))
              .collect(Collectors.joining());
    }
  }

  /**
   * The official WASM build under Node.
   *
   * @param work {@code blobId} or {@code encode}
   * @param shards numbers of shards
   * @param blobBytes lengths of blobs
   */
  record Wasm(String work, List<String> shards, List<String> blobBytes) implements Run {
    /** Exit code of the script if the package cannot be had. */
    static final int LEFT_OUT = 3;

    /**
     * Reads lists.
     *
     * @param work {@code blobId} or {@code encode}
     * @param shards numbers of shards, separated by commas
     * @param blobBytes lengths of blobs, separated by commas
     * @return the run
     */
    static Wasm of(String work, String shards, String blobBytes) {
      return new Wasm(work, List.of(shards.split(",", -1)), List.of(blobBytes.split(",", -1)));
    }

    @Override
    public Wasm quick() {
      return new Wasm(work, shards, shorter(blobBytes));
    }

    @Override
    public String command() {
      return "node " + String.join(" ", arguments());
    }

    /** What Node is given. */
    List<String> arguments() {
      return List.of(
          "bench/wasm/wasm-bench.mjs",
          "--work",
          work,
          "--shards",
          String.join(",", shards),
          "--bytes",
          String.join(",", blobBytes));
    }
  }

  private static List<String> shorter(List<String> lengths) {
    return lengths.stream().filter(length -> Long.parseLong(length) <= QUICK_BYTES).toList();
  }
}
