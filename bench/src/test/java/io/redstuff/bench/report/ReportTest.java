package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import freemarker.template.TemplateException;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream());

  private static final String PAGE =
      """
      # Title

      <!-- table:one -->
      old
      <!-- end -->
      By hand.

      <!-- table:two -->
      <!-- end -->
      """;

  @TempDir Path directory;

  @Test
  void aPageIsMadeOfASmallFileOfResults() throws Exception {
    Home home = Home.of(directory, PAGE.replace("table:two", "table:machine"));
    home.write(
        "bench/topics/one.ftl",
        """
        <#ftl attributes={"describes": "one thing", "runs": [
          r"jmh '\\.Work.*$' -p blobBytes=1,10000000", "node work.mjs --bytes 20000000"]}>
        <#function row work bytes goal>
          <#return {"work": work, "ours": "WorkBenchmark.work blobBytes=${bytes}", "goal": goal,
              "native": "official.work blobBytes=${bytes}", "wasm": "walrus-wasm.work blobBytes=${bytes}"}>
        </#function>
        <@compare wasm=true rows=[row("1 byte", 1, 5), row("1000 bytes", 1000, 3.5), row("7 bytes", 7, 2)]/>
        <@compare rows=[row("without WASM", 1, 0)]/>
        <#function rate who bytes work goal>
          <#return {"who": who, "computes": "this", "work": "a", "bytes": work, "goal": goal,
            "query": "WorkBenchmark.work blobBytes=${bytes}"}>
        </#function>
        <@rates bytes="blocks" rows=[rate("we", 1, 8000000, 3.8), rate("they", 1000, 4000000, 3.8), rate("nobody", 7, 1, 0)]/>
        <@speedups base="one" other="two" rows=[{"work": "work", "base": "WorkBenchmark.work blobBytes=1000",
          "other": "WorkBenchmark.work blobBytes=1", "goal": 1.85}]/>
        <@made/>
        ${plot.lines(bySize("Nothing"), {"ours": "Nothing.work"})}
        """);
    home.write("bench/topics/machine.ftl", Files.readString(Path.of("topics/machine.ftl")));
    home.writeResults("bench/results/one.json");
    home.write("bench/reference/official.json", "{\"note\": \"none\"}");
    home.write(
        "bench/results/machine.json",
        """
        {"one": {"cpu": "x", "cores": 2, "memory": 25276510208, "system": "Linux", "jdk": "25", "engine": "scalar",
          "date": "2026-01-01", "quick": false, "leftOut": ["node is not installed"]},
         "two": {"cpu": "x", "cores": 2, "memory": 25276510208, "system": "Linux", "jdk": "25", "engine": "scalar",
          "date": "2026-01-01", "quick": false, "leftOut": []},
         "three": {"cpu": "x", "cores": 2, "memory": 25276510208, "system": "Linux", "jdk": "25", "engine": "scalar",
          "date": "2026-01-01", "quick": true, "leftOut": []}}
        """);
    String expected =
        """
        # Title

        <!-- table:one -->

        | work | ours | heap | official native (reference) | ratio | official WASM | ratio | at least | met |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|
        | 1 byte | 2.00 ± 0.12 ms | 0 B | 10.5 ms | 5.25x | 30.0 ± 1.0 ms | 15.0x | 5x | yes |
        | 1000 bytes | 4.00 ms | 1.54 kB | 12.0 ms | 3.00x | – | – | 3.5x | **no** |
        | 7 bytes | not measured | – | – | – | – | – | 2x | – |

        | work | ours | heap | official native (reference) | ratio | at least | met |
        |---|---:|---:|---:|---:|---:|---:|
        | without WASM | 2.00 ± 0.12 ms | 0 B | 10.5 ms | 5.25x | – | – |

        | who | computes | work | time | rate, blocks | at least | met |
        |---|---|---|---:|---:|---:|---:|
        | we | this | a | 2.00 ± 0.12 ms | 4.00 GB/s | 3.8 GB/s | yes |
        | they | this | a | 4.00 ms | 999 MB/s | 3.8 GB/s | **no** |
        | nobody | this | a | not measured | – | – | – |

        | work | one | two | ratio | at least | met |
        |---|---:|---:|---:|---:|---:|
        | work | 4.00 ms | 2.00 ± 0.12 ms | 2.00x | 1.85x | yes |

        Made by `bench/report one` on 2026-01-01, which runs:

        ```
        java --add-modules=jdk.incubator.vector -jar bench/target/benchmarks.jar '\\.Work.*$' -p blobBytes=1,10000000
        node work.mjs --bytes 20000000
        ```

        <!-- end -->
        By hand.

        <!-- table:machine -->

        | topics | processor | cores | memory | system | JDK | engine | date |
        |---|---|---|---|---|---|---|---|
        | one, two | x | 2 | 25.3 GB | Linux | 25 | scalar | 2026-01-01 |
        | three (quick) | x | 2 | 25.3 GB | Linux | 25 | scalar | 2026-01-01 |

        Not measured:

        - one: node is not installed

        <!-- end -->
        """;
    new Report(directory, false).draw(NOWHERE);
    assertEquals(expected, home.read("docs/performance.md"));
    new Report(directory, false).draw(NOWHERE);
    assertEquals(expected, home.read("docs/performance.md"), "drawn again");
    assertEquals(
        List.of(
            "java --add-modules=jdk.incubator.vector -jar bench/target/benchmarks.jar"
                + " '\\.Work.*$' -p blobBytes=1"),
        new Report(directory, true).topics().getFirst().runs(),
        "quick");
  }

  /**
   * Whoever changes results, topics or tables draws the page anew: {@code bench/report --no-run}.
   */
  @Test
  void thePageOfTheProjectIsWhatItsResultsGive() throws IOException, TemplateException {
    Home home = Home.whole(directory);
    String committed = home.read("docs/performance.md");
    Report report = new Report(directory, false);
    report.draw(NOWHERE);
    assertEquals(committed, home.read("docs/performance.md"));
    for (Report.Topic topic : report.topics()) {
      String image = "docs/images/performance-" + topic.name() + ".svg";
      assertEquals(
          Files.exists(Path.of("..", image)), Files.exists(directory.resolve(image)), image);
    }
  }

  @Test
  void aBreakdownWithoutNumbersIsRefused() throws IOException {
    Home home = Home.of(directory, "<!-- table:breakdown -->\n<!-- end -->\n");
    home.write("bench/topics/breakdown.ftl", Files.readString(Path.of("topics/breakdown.ftl")));
    for (String json : List.of("{\"64 MiB\": {\"leaves\": \"many\"}}", "{\"leaves\": 3}")) {
      home.write("bench/results/breakdown.json", json);
      Report report = new Report(directory, false);
      assertThrows(TemplateException.class, () -> report.draw(NOWHERE), json);
    }
  }

  @Test
  void aPlaceWithoutEndOrTopicIsRefused() throws IOException {
    Home home = Home.of(directory, PAGE.replaceFirst("<!-- end -->\n", ""));
    IOException thrown =
        assertThrows(IOException.class, () -> new Report(directory, false).topics());
    assertTrue(
        thrown.getMessage().endsWith(": <!-- table:one --> has no <!-- end -->"),
        thrown.getMessage());
    home.write("docs/performance.md", PAGE);
    assertThrows(TemplateNotFoundException.class, () -> new Report(directory, false).topics());
  }

  @Test
  void aTableThatSpeaksOfTwoMeasurementsIsRefused() throws IOException, URISyntaxException {
    Home home = Home.of(directory, "<!-- table:one -->\n<!-- end -->\n");
    home.write("bench/topics/one.ftl", "${results.time(\"WorkBenchmark.work\", \"\")}");
    home.writeResults("bench/results/one.json");
    Report report = new Report(directory, false);
    assertThrows(TemplateException.class, () -> report.draw(NOWHERE));
  }
}
