package io.redstuff.cli.network;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.network.local.ControlClient;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** What a command does to some nodes. */
abstract class NodeTask extends NetworkTask {
  @Parameters(
      arity = "1..*",
      paramLabel = "NODE",
      description = "Name of a node, such as node-3; 'redstuff network status' lists them.")
  private List<String> nodes;

  NodeTask(Session session) {
    super(session);
  }

  /** Does it to one node; returns what to say. */
  abstract String act(ControlClient control, String node)
      throws CommandException, IOException, InterruptedException;

  @Override
  final int run() throws CommandException, IOException, InterruptedException {
    try (ControlClient control = network().control()) {
      for (String node : nodes) {
        session().out().println(node + ": " + act(control, node));
      }
    }
    return ExitCode.OK;
  }
}
