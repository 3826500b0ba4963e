package io.redstuff.cli.command;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditPlan;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.Beacon;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.IdList;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.AuditBoundOptions;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.cli.option.PairRange;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.show.AuditStatementReport;
import io.redstuff.cli.show.Json;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff audit challenge}: writes what a node is asked. */
@Command(
    name = "challenge",
    header = "Write what a node is asked in an audit.",
    description = {
      "",
      "The file says which blobs and which of the node's slivers are audited, how often, and by"
          + " which randomness; all challenges follow from it. The node answers it with 'redstuff"
          + " audit answer', and anybody verifies the answers with 'redstuff audit verify'.",
      "",
      "Keep the nonce to yourself until the node is to answer. A round of drand convinces others,"
          + " too: it must be one that was published after the list of blobs was settled.",
      "",
      "Example:",
      "  redstuff audit challenge -n 1000 --list blobs.txt --node-shards 0-9 -o node.challenge",
      "  redstuff audit challenge --list blobs.txt --drand round.json -c 8288 -o node.challenge",
      ""
    })
final class AuditChallengeCommand implements Callable<Integer> {
  private static final ObjectId NOBODY = ObjectId.of(new byte[ObjectId.BYTES]);

  private final Session session;

  @Mixin private ShardsOption shards;

  /** Which blobs, of which there is no sensible default. */
  static final class Blobs {
    @Option(
        names = "--blob-id",
        split = ",",
        paramLabel = "ID",
        description = "The id of a blob to audit; may be given more than once.")
    private List<BlobId> ids;

    @Option(
        names = "--list",
        paramLabel = "FILE",
        description =
            "File with an id at the beginning of each line, as 'redstuff blob-id' prints them; '-'"
                + " is standard input.")
    private String list;
  }

  @ArgGroup(multiplicity = "1")
  private Blobs blobs;

  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "The node's object on the chain (default: zeros).")
  private ObjectId node;

  @Option(
      names = "--node-shards",
      split = ",",
      paramLabel = "RANGE",
      description = "The node's shards, such as 0-9,17 (default: all).")
  private List<PairRange> nodeShards;

  @Option(
      names = "--epoch",
      paramLabel = "E",
      defaultValue = "0",
      description = "The epoch in which it has them (default: ${DEFAULT-VALUE}).")
  private long epoch;

  @Option(
      names = {"-c", "--challenges"},
      paramLabel = "COUNT",
      description =
          "How many symbols to ask for (default: as many as --missing and --confidence take).")
  private Integer count;

  @Mixin private AuditBoundOptions bound;

  @Option(
      names = "--axes",
      paramLabel = "AXES",
      defaultValue = "both",
      description =
          "Which slivers to ask for: primary, secondary or both (default: ${DEFAULT-VALUE}).")
  private AuditAxes axes;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "parallel",
      description =
          "parallel, all challenges at once, or sequential, each of which follows from the answer"
              + " before (default: ${DEFAULT-VALUE}).")
  private AuditMode mode;

  @Option(
      names = "--nonce",
      paramLabel = "HEX",
      description = "Randomness of yours, 32 bytes (default: drawn now, if there is no --drand).")
  private AuditHash nonce;

  @Option(
      names = AuditCommand.DRAND_OPTION,
      paramLabel = "FILE",
      description =
          "A round of drand's chain quicknet, in JSON as its servers answer; its value is"
              + " verified.")
  private Path drand;

  @Option(
      names = "--earliest-round",
      paramLabel = "R",
      description =
          "The first round that was not known yet when the list of blobs was settled (default: that"
              + " of --drand).")
  private Long earliestRound;

  @Mixin private FileOutputOption output;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  AuditChallengeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    EncodingParameters parameters = shards.parameters();
    TreeSet<ShardIndex> its = new TreeSet<>();
    for (PairRange range : nodeShards == null ? List.of(PairRange.ALL) : nodeShards) {
      range.shards("--node-shards", parameters).forEach(its::add);
    }
    List<BlobId> ids = blobs.ids == null ? IdList.read(session, blobs.list) : blobs.ids;
    OutputTarget target = output.target(session);
    AuditStatement statement;
    try {
      statement =
          new AuditStatement(
              parameters,
              epoch,
              node == null ? NOBODY : node,
              List.copyOf(its),
              List.copyOf(new TreeSet<>(ids)),
              count == null ? planned(parameters) : count,
              axes,
              mode,
              randomness());
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    target.write(MemorySegment.ofArray(statement.toBcs()));
    if (!target.isStandardOutput()) {
      AuditStatementReport report = AuditStatementReport.of(statement);
      session.out().print(json ? Json.of(report) : report.toText());
    }
    return ExitCode.OK;
  }

  private int planned(EncodingParameters parameters) throws CommandException {
    long planned =
        AuditPlan.forSymbols(parameters, axes, bound.missing(), bound.confidenceBits())
            .challenges();
    if (planned > AuditStatement.MAX_CHALLENGES) {
      throw CommandException.usage(
          "--missing: takes %s challenges, expected at most %s"
              .formatted(planned, AuditStatement.MAX_CHALLENGES));
    }
    return (int) planned;
  }

  private AuditRandomness randomness() throws CommandException, IOException {
    byte[] drawn = new byte[AuditHash.BYTES];
    if (drand == null) {
      if (earliestRound != null) {
        throw CommandException.usage("--earliest-round: got one without --drand");
      }
      new SecureRandom().nextBytes(drawn);
      return AuditRandomness.ofNonce(nonce == null ? AuditHash.of(drawn) : nonce);
    }
    Beacon.Drand beacon = SignatureCommands.find().audits().beacon(drand);
    return new AuditRandomness(
        earliestRound == null ? beacon.round() : earliestRound,
        beacon,
        nonce == null ? AuditHash.of(drawn) : nonce);
  }
}
