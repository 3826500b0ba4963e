package io.redstuff.cli.network;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.Progress;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.audit.NodeAuditor;
import io.redstuff.network.local.NetworkDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network audit}: asks all nodes whether they have what they ought to. */
@Command(
    name = "audit",
    header = "Ask all nodes for symbols of their slivers, and verify the answers.",
    description = {
      "",
      "Symbols are chosen by chance among all slivers of the blobs that the network owes, and each"
          + " is proven up to its blob id. The exit status is 1 if a node leaves anything"
          + " unanswered.",
      "",
      "Example:",
      "  redstuff network audit --challenges 400",
      ""
    })
final class AuditCommand extends NetworkTask {
  /** What the bound on the missing part holds for: 2^-40. */
  private static final double CONFIDENCE_BITS = 40;

  @Option(
      names = {"-c", "--challenges"},
      paramLabel = "COUNT",
      defaultValue = "400",
      description = "How many symbols to ask each node for (default: ${DEFAULT-VALUE}).")
  private int challenges;

  @Option(
      names = "--blob-id",
      split = ",",
      paramLabel = "ID",
      description = "Audit these blobs alone.")
  private List<BlobId> blobs;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  AuditCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    if (challenges < 1 || challenges > AuditStatement.MAX_CHALLENGES) {
      throw CommandException.usage(
          "--challenges: got %s, expected 1 to %s"
              .formatted(challenges, AuditStatement.MAX_CHALLENGES));
    }
    AuditReport report;
    try (LedgerAccess access = LedgerAccess.open(network().home())) {
      SortedSet<BlobId> audited =
          blobs == null ? OwedBlobs.of(access.ledger()) : new TreeSet<>(blobs);
      if (audited.isEmpty()) {
        throw CommandException.usage("audit: got no blob that the network owes, expected one");
      }
      report = audit(access, audited);
    }
    session().out().print(json ? Json.of(report) : report.toText());
    return report.allAnswered() ? ExitCode.OK : ExitCode.BAD_DATA;
  }

  private AuditReport audit(LedgerAccess access, SortedSet<BlobId> audited)
      throws CommandException, IOException, InterruptedException {
    NetworkCommittee committee = access.client().committee();
    List<AuditReport.Node> nodes = new ArrayList<>();
    try (NodeAuditor auditor = new NodeAuditor(BlsEngine.preferred(), Duration.ofMinutes(10));
        Progress progress =
            session().startProgress("auditing", committee.addresses().size(), "nodes")) {
      for (NetworkDescription.Node node : access.description().nodes()) {
        int position = position(committee, node.id());
        if (position >= 0) {
          nodes.add(audit(auditor, committee, position, node.name(), audited));
        }
        progress.step(1);
      }
    }
    return new AuditReport(committee.committee().epoch(), audited.size(), challenges, nodes);
  }

  /** Returns where a node stands in the committee; negative if it is not of it. */
  private static int position(NetworkCommittee committee, String id) {
    List<String> ids =
        committee.committee().members().stream()
            .map(member -> member.nodeId())
            .map(ObjectId::toString)
            .toList();
    return ids.indexOf(id);
  }

  private AuditReport.Node audit(
      NodeAuditor auditor,
      NetworkCommittee committee,
      int position,
      String name,
      SortedSet<BlobId> audited)
      throws InterruptedException {
    try {
      AuditVerdict verdict = auditor.audit(committee, position, audited, challenges);
      return new AuditReport.Node(
          name, verdict.answers(), verdict.largestMissing(CONFIDENCE_BITS), "");
    } catch (IOException | RedStuffException e) {
      return new AuditReport.Node(name, 0, 1, String.valueOf(e.getMessage()));
    }
  }
}
