package io.redstuff.cli.network;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.network.local.ControlClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network corrupt}: spoils what nodes store. */
@Command(
    name = "corrupt",
    header = "Change bytes of slivers that nodes store, as a bad disk does.",
    description = {
      "",
      "One bit in each of some slivers, chosen by chance. A node is stopped for that and started"
          + " again. It finds out when it reads them, or when it looks through all it has.",
      "",
      "Example:",
      "  redstuff network corrupt node-4 --slivers 5",
      ""
    })
final class CorruptCommand extends NodeTask {
  @Option(
      names = "--slivers",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "How many slivers of each node (default: ${DEFAULT-VALUE}).")
  private int slivers;

  CorruptCommand(Session session) {
    super(session);
  }

  @Override
  String act(ControlClient control, String node)
      throws CommandException, IOException, InterruptedException {
    if (slivers < 1) {
      throw CommandException.usage("--slivers: got " + slivers + ", expected at least 1");
    }
    return "changed " + control.corrupt(node, slivers) + " slivers";
  }
}
