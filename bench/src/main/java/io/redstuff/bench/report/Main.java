package io.redstuff.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bench/report}, started in the project's directory. */
@Command(
    name = "bench/report",
    description =
        "Runs benchmarks by topic and writes the tables and plots of docs/performance.md.")
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  @SuppressWarnings("unused") // by us; picocli looks at it
  private boolean help;

  @Parameters(
      paramLabel = "TOPIC",
      description = "What to run, or all. Without --quick or --no-run at least one is needed.")
  private List<String> names = List.of();

  @Option(
      names = "--quick",
      description = {
        "Short iterations, no long blobs: shows that all runs, not how fast it is.",
        "Writes below bench/target/quick and leaves what is committed alone."
      })
  private boolean quick;

  @Option(names = "--no-run", description = "Only draw from the results that are there.")
  private boolean noRun;

  @Option(names = "--list", description = "Say which topics there are.")
  private boolean list;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      hidden = true,
      description = "The project's directory.")
  private Path home = Path.of("");

  private Main() {}

  /**
   * Runs the command.
   *
   * @param args as {@code --help} says
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(command().execute(args));
  }

  /** The command, to run without leaving Java. */
  static CommandLine command() {
    return new CommandLine(new Main());
  }

  @Override
  public Integer call() throws IOException, RunnerException, InterruptedException {
    Map<String, Topic> all = Topics.all();
    if (list) {
      all.values()
          .forEach(
              topic ->
                  spec.commandLine()
                      .getOut()
                      .printf("%-10s %s%n", topic.name(), topic.describes()));
      return CommandLine.ExitCode.OK;
    }
    List<Topic> topics = topics(all);
    Report report = report();
    for (Topic topic : topics) {
      if (!noRun) {
        report.run(topic, quick, System.err);
      }
    }
    report.draw(all.values(), System.err);
    return CommandLine.ExitCode.OK;
  }

  private List<Topic> topics(Map<String, Topic> all) {
    if (names.isEmpty() && !quick && !noRun) {
      throw new ParameterException(
          spec.commandLine(),
          "which topic? There are " + String.join(", ", all.keySet()) + ", or all");
    }
    try {
      return Topic.named(names.isEmpty() ? List.of("all") : names, all);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Report report() throws IOException {
    Path bench = home.resolve("bench");
    Path page = home.resolve("docs/performance.md");
    Path reference = bench.resolve("reference/official.json");
    if (!quick) {
      return new Report(bench.resolve("results"), reference, page, home.resolve("docs/images"));
    }
    Path target = bench.resolve("target/quick");
    Files.createDirectories(target);
    Path copy = target.resolve("performance.md");
    Files.copy(page, copy, StandardCopyOption.REPLACE_EXISTING);
    return new Report(target.resolve("results"), reference, copy, target.resolve("images"));
  }
}
