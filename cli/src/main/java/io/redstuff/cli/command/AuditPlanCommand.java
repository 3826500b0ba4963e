package io.redstuff.cli.command;

import io.redstuff.EncodingParameters;
import io.redstuff.audit.AuditMode;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.ByteSize;
import io.redstuff.cli.option.Confidence;
import io.redstuff.cli.option.Fraction;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.show.AuditPlanReport;
import io.redstuff.cli.show.Json;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff audit plan}: how many challenges an audit needs. */
@Command(
    name = "plan",
    header = "Compute how many challenges an audit needs.",
    description = {
      "",
      "Computes how often a node has to be asked for a symbol of a random sliver until it is found"
          + " out if it cannot give a fraction of its slivers any more, unless by luck of the"
          + " probability that is given. For each axis of slivers, for both at once, and for"
          + " audits that fetch whole slivers.",
      "",
      "Example:",
      "  redstuff audit plan --missing 1%% --confidence 2^-40",
      "  redstuff audit plan -n 100 --missing 0.5%% --confidence 10^-12 --misses 3 --json",
      ""
    })
final class AuditPlanCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ShardsOption shards;

  @Option(
      names = "--missing",
      required = true,
      paramLabel = "P",
      description = "The fraction of slivers that must not be missing unnoticed: 1%%, 0.01.")
  private Fraction missing;

  @Option(
      names = "--confidence",
      required = true,
      paramLabel = "2^-K",
      description = "The probability that it is all the same: 2^-40, 10^-12.")
  private Confidence confidence;

  @Option(
      names = "--misses",
      paramLabel = "M",
      defaultValue = "0",
      description =
          "How many challenges may go unanswered, for whatever reason (default:"
              + " ${DEFAULT-VALUE}).")
  private long misses;

  @Option(
      names = "--sequential",
      description =
          "Each challenge follows from the answer before. That takes more challenges if misses are"
              + " tolerated, since a node could choose what to miss.")
  private boolean sequential;

  @Option(
      names = "--slivers",
      paramLabel = "N",
      description =
          "How many slivers of an axis the node has to hold: blobs times shards. With it, the"
              + " number of whole slivers if none is fetched twice.")
  private Long slivers;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "0",
      description =
          "Length of the blobs, for the estimate of bytes: 64MiB (default: as small as symbols"
              + " get).")
  private ByteSize size;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Challenges answered or checked in a second, for an estimate of time.")
  private Double rate;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Runs in {@code session}. */
  AuditPlanCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException {
    EncodingParameters parameters = shards.parameters();
    AuditPlanReport report;
    try {
      report =
          AuditPlanReport.of(
              new AuditPlanReport.Wanted(
                  parameters,
                  missing.value(),
                  confidence.bits(),
                  misses,
                  sequential ? AuditMode.SEQUENTIAL : AuditMode.PARALLEL,
                  parameters.symbolSize(size.bytes()),
                  slivers == null ? OptionalLong.empty() : OptionalLong.of(slivers),
                  rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    session
        .out()
        .print(json ? Json.of(report) : report.toText(missing.toString(), confidence.toString()));
    return ExitCode.OK;
  }
}
