package io.redstuff.cli.network;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Json;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.local.ControlClient;
import io.redstuff.network.local.NetworkDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network status}: what runs, and what holds. */
@Command(name = "status", header = "Say which nodes run, and what the ledger knows.")
final class StatusCommand extends NetworkTask {
  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  StatusCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    StatusReport report;
    try (ControlClient control = network().control();
        LedgerAccess access = LedgerAccess.open(network().home())) {
      report = report(access, control.running());
    }
    session().out().print(json ? Json.of(report) : report.toText());
    return ExitCode.OK;
  }

  private static StatusReport report(LedgerAccess access, Map<String, Boolean> running)
      throws CommandException, IOException {
    Ledger ledger = access.ledger();
    SystemState system = ledger.system();
    List<StatusReport.Node> nodes = new ArrayList<>();
    for (NetworkDescription.Node described : access.description().nodes()) {
      StorageNode node = access.named(described.name());
      nodes.add(
          new StatusReport.Node(
              described.name(),
              described.id(),
              node.info().networkAddress(),
              running.getOrDefault(described.name(), false),
              system.committee().weight(node.id()),
              Long.toString(node.pool().stake()),
              Long.toString(node.commission().balance().value())));
    }
    return new StatusReport(
        access.description().chainId(),
        system.epoch(),
        phase(system.phase()),
        system.shards(),
        system.totalCapacity(),
        system.usedCapacity(),
        Long.toString(system.prices().storagePerUnit().value()),
        Long.toString(system.prices().writePerUnit().value()),
        Long.toString(ledger.supply().burnt().value()),
        Long.toString(access.client().balance().value()),
        OwedBlobs.of(ledger).size(),
        nodes);
  }

  private static String phase(EpochPhase phase) {
    return switch (phase) {
      case EpochPhase.Sync _ -> "sync";
      case EpochPhase.Done _ -> "done";
      case EpochPhase.NextSelected _ -> "next-selected";
    };
  }
}
