package io.redstuff.cli.network;

import io.redstuff.cli.io.Session;
import io.redstuff.network.local.ControlClient;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code redstuff network start}: starts nodes that were stopped. */
@Command(
    name = "start",
    header = "Start nodes of the network that were stopped.",
    description = {
      "",
      "Returns when they serve. What they have lost they fetch meanwhile from the other nodes.",
      ""
    })
final class StartCommand extends NodeTask {
  StartCommand(Session session) {
    super(session);
  }

  @Override
  String act(ControlClient control, String node) throws IOException, InterruptedException {
    control.start(node);
    return "runs";
  }
}
