package io.redstuff.oracle;

import io.redstuff.simd.Engines;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code fuzz/differential}. */
@Command(
    name = "fuzz/differential",
    sortOptions = false,
    description = {
      "Compares Redstuff with the official encoder, case after case.",
      "A case follows from seed and number; the first difference ends it with exit code 1."
    })
public final class DifferentialCommand implements Callable<Integer> {
  private enum Host {
    NODE,
    JVM;

    OfficialEncoder start(OfficialPackage official) throws IOException {
      return this == NODE ? NodeEncoder.of(official) : WasmEncoder.of(official);
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and end.")
  @SuppressWarnings("unused") // by us; picocli looks at it
  private boolean help;

  @Option(names = "--seed", paramLabel = "S", description = "Seed; without it a new one is made.")
  private Long seed;

  @Option(
      names = "--from",
      paramLabel = "K",
      defaultValue = "0",
      description = "Number of the first case (${DEFAULT-VALUE}).")
  private long from;

  @Option(names = "--cases", paramLabel = "N", description = "How many cases; without it no end.")
  private Long cases;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "End after so long, such as 90s, 30m or 8h.")
  private String duration;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = {
        "Append a digest for each block of 1000 cases that was run whole.",
        "Blocks that the file has already for this seed are left out, so that the same command"
            + " again goes on where it was stopped."
      })
  private Path file;

  @Option(
      names = "--quilts",
      description = "Compare quilts with the official TypeScript writer instead, without a record.")
  private boolean quilts;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "NODE",
      description = "What runs the official encoder: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Host host;

  @Option(
      names = "--oracle",
      paramLabel = "DIR",
      required = true,
      hidden = true,
      description = "Where its package is installed.")
  private Path directory;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Only compute all digests of a record again, without the official encoder.")
  private Path replay;

  public static void main(String[] args) {
    CommandLine command =
        new CommandLine(new DifferentialCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  line.getErr().println("differential: " + failure.getMessage());
                  failure.printStackTrace(line.getErr());
                  return 1;
                });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = System.out;
    out.println(Engines.describe());
    if (replay != null) {
      return Replay.of(replay, CasePlan::new, out) ? 0 : 1;
    }
    long start = seed != null ? seed : new SecureRandom().nextLong();
    out.println("seed " + start);
    Duration limit = duration == null ? Duration.ofDays(36_500) : time(duration);
    long to = cases == null ? Long.MAX_VALUE : Math.addExact(from, cases);
    if (quilts) {
      if (file != null) {
        throw new ParameterException(
            spec.commandLine(), "--quilts: there is no --record of quilts");
      }
      try (OfficialQuilts official = OfficialQuilts.in(directory)) {
        new QuiltCampaign(start, official, out).run(from, to, limit);
      }
      return 0;
    }
    CasePlan plan = new CasePlan(start);
    try (OfficialEncoder official = host.start(OfficialPackage.in(directory))) {
      new Campaign(plan, official, Optional.ofNullable(file), out).run(from, to, limit);
    }
    return 0;
  }

  private Duration time(String text) {
    try {
      return Duration.parse("PT" + text);
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(), "--duration: got " + text + ", expected such as 90s, 30m or 8h", e);
    }
  }
}
