package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A topic that names a benchmark or parameter that was renamed would stay empty. */
class TopicsTest {
  private static final Set<BenchmarkListEntry> BENCHMARKS =
      BenchmarkList.defaultList()
          .getAll(
              OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of());

  static Collection<Topic> topics() {
    return Topics.all().values();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void whatItRunsIsInTheBuild(Topic topic) {
    for (Run run : topic.runs()) {
      if (run instanceof Run.Jmh jmh) {
        List<BenchmarkListEntry> chosen = chosen(jmh).toList();
        assertTrue(!chosen.isEmpty(), jmh.command());
        for (BenchmarkListEntry benchmark : chosen) {
          Set<String> unknown = new TreeSet<>(jmh.params().keySet());
          unknown.removeAll(benchmark.getParams().orElse(Map.of()).keySet());
          assertEquals(Set.of(), unknown, benchmark.getUsername());
        }
      }
    }
  }

  @Test
  void namesAreThoseOfTheMap() {
    Topics.all().forEach((name, topic) -> assertEquals(name, topic.name()));
  }

  @Test
  void aQuickRunLeavesLongBlobsOut() {
    Run.Jmh run = Run.Jmh.of("A.b", "blobBytes", "1,1048576,67108864", "shards", "1000");
    assertEquals(List.of("1", "1048576"), run.quick().params().get("blobBytes"));
    assertEquals(List.of("1000"), run.quick().params().get("shards"));
    assertEquals(List.of("1"), Run.Wasm.of("encode", "10", "1,67108864").quick().blobBytes());
  }

  @Test
  void theCommandNamesAllParameters() {
    assertEquals(
        "java --add-modules=jdk.incubator.vector -jar bench/target/benchmarks.jar '\\.A.b$'"
            + " -p blobBytes=1,2 -p shards=10",
        Run.Jmh.of("A.b", "shards", 10, "blobBytes", "1,2").command());
    assertEquals(
        "node bench/wasm/wasm-bench.mjs --work encode --shards 10 --bytes 1,2",
        Run.Wasm.of("encode", "10", "1,2").command());
  }

  private static Stream<BenchmarkListEntry> chosen(Run.Jmh run) {
    Pattern include = Pattern.compile(run.include());
    return BENCHMARKS.stream().filter(entry -> include.matcher(entry.getUsername()).find());
  }
}
