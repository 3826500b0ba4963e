package io.redstuff.bench.report;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command {@code bench/report}, started in the project's directory. */
@Command(
    name = "bench/report",
    description =
        "Runs benchmarks by topic and writes the tables and plots of docs/performance.md, and the"
            + " plot of docs/audits.md.")
public final class Main implements Callable<Integer> {
  private final Path home;
  final CommandLine line = new CommandLine(this);

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  boolean help;

  @Parameters(
      paramLabel = "TOPIC",
      description = "What to run, or all. Without --quick or --no-run at least one is needed.")
  private List<String> names = List.of();

  @Option(
      names = "--quick",
      description = {
        "Short iterations, no blobs of 10 MB or more: shows that all runs, not how fast it is.",
        "Writes below bench/target/quick and leaves what is committed alone."
      })
  private boolean quick;

  @Option(names = "--no-run", description = "Only draw from the results that are there.")
  private boolean noRun;

  @Option(names = "--list", description = "Say which topics there are.")
  private boolean list;

  Main(Path home) {
    this.home = home;
  }

  /** Runs the command; {@code --help} says what it takes. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(new Main(Path.of("")).line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Report report = new Report(home, quick);
    List<Report.Topic> topics = report.topics();
    topics.removeIf(topic -> topic.runs().isEmpty());
    List<String> known = topics.stream().map(Report.Topic::name).toList();
    String choice = "; there are " + String.join(", ", known) + ", or all";
    if (list) {
      topics.forEach(t -> line.getOut().printf("%-12s %s%n", t.name(), t.describes()));
      return CommandLine.ExitCode.OK;
    }
    if (names.isEmpty() && !quick && !noRun) {
      throw new ParameterException(line, "no topic given" + choice);
    }
    for (String name : names) {
      if (!known.contains(name) && !name.equals("all")) {
        throw new ParameterException(line, "no topic " + name + choice);
      }
    }
    boolean all = names.isEmpty() || names.contains("all");
    topics.removeIf(topic -> noRun || !(all || names.contains(topic.name())));
    for (Report.Topic topic : topics) {
      report.run(topic, System.err);
    }
    report.draw(System.err);
    if (!quick) {
      AuditPlot.write(home);
    }
    return CommandLine.ExitCode.OK;
  }
}
