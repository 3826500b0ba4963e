package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A topic that names a benchmark or parameter that was renamed would stay empty. */
class TopicsTest {
  @TempDir Path directory;

  @Test
  void whatTheyRunIsInTheBuild() throws Exception {
    Set<BenchmarkListEntry> all =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT),
                List.of());
    Home.whole(directory);
    for (Report.Topic topic : new Report(directory, false).topics()) {
      for (String run : topic.runs()) {
        if (!run.contains(" -jar ")) {
          continue;
        }
        String args = run.substring(run.indexOf(".jar ") + 5);
        Pattern include =
            Pattern.compile(
                new CommandLineOptions(args.replace("'", "").split(" ", -1))
                    .getIncludes()
                    .getFirst());
        List<BenchmarkListEntry> chosen =
            all.stream().filter(entry -> include.matcher(entry.getUsername()).find()).toList();
        assertFalse(chosen.isEmpty(), run);
        for (BenchmarkListEntry benchmark : chosen) {
          Set<String> unknown =
              Pattern.compile("(?<=-p )\\w+")
                  .matcher(args)
                  .results()
                  .map(name -> name.group())
                  .collect(Collectors.toCollection(TreeSet::new));
          unknown.removeAll(benchmark.getParams().orElse(Map.of()).keySet());
          assertEquals(Set.of(), unknown, run);
        }
      }
    }
  }

  @Test
  void eachHasAPlaceInThePage() throws IOException {
    Home.whole(directory);
    Set<String> places =
        new Report(directory, false)
            .topics().stream().map(Report.Topic::name).collect(Collectors.toSet());
    places.add("common");
    try (Stream<Path> files = Files.list(Path.of("topics"))) {
      assertEquals(
          places,
          files
              .map(file -> file.getFileName().toString().replace(".ftl", ""))
              .collect(Collectors.toSet()));
    }
  }
}
