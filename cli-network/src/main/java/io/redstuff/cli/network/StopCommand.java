package io.redstuff.cli.network;

import io.redstuff.cli.io.Session;
import io.redstuff.network.local.ControlClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network stop}: stops nodes. */
@Command(
    name = "stop",
    header = "Stop nodes of the network.",
    description = {
      "",
      "Example:",
      "  redstuff network stop node-1 node-2 node-3 --delete-data",
      ""
    })
final class StopCommand extends NodeTask {
  @Option(names = "--delete-data", description = "Delete all that they store, too; not their keys.")
  private boolean deleteData;

  @Option(names = "--kill", description = "Do not let them end what they are doing.")
  private boolean kill;

  StopCommand(Session session) {
    super(session);
  }

  @Override
  String act(ControlClient control, String node) throws IOException, InterruptedException {
    if (kill) {
      control.kill(node);
    }
    control.stop(node, deleteData);
    return deleteData ? "stopped, its data deleted" : "stopped";
  }
}
