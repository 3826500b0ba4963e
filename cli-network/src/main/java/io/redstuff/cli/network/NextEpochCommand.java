package io.redstuff.cli.network;

import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.Progress;
import io.redstuff.network.local.ControlClient;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network epoch next}: ends the epoch. */
@Command(
    name = "next",
    header = "End the epoch and begin the next.",
    description = {
      "",
      "Settles the committee by stake, shares out rewards, and waits until nodes with two thirds of"
          + " the shards have their data.",
      ""
    })
final class NextEpochCommand extends NetworkTask {
  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for the nodes (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  NextEpochCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws IOException, InterruptedException {
    ControlClient.EpochResult result;
    try (ControlClient control = network().control();
        Progress progress = session().startProgress("shards change hands", -1, "")) {
      progress.step(0);
      result = control.nextEpoch(Duration.ofSeconds(seconds));
    }
    session()
        .out()
        .print(
            json
                ? Json.of(result)
                : "epoch %s has begun%s%n"
                    .formatted(
                        result.epoch(), result.synced() ? "" : "; nodes still lack their data"));
    return result.synced() ? ExitCode.OK : ExitCode.BAD_DATA;
  }
}
