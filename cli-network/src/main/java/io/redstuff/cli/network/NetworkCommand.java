package io.redstuff.cli.network;

import io.redstuff.cli.command.CommandGroup;
import io.redstuff.cli.command.NetworkCommands;
import picocli.CommandLine.Command;

/** {@code redstuff network}: a whole network on this machine. */
@Command(
    name = NetworkCommands.NAME,
    header = "Run a whole Walrus network on this machine, and work with it.",
    description = {
      "",
      "'network up' starts storage nodes and a ledger with the rules of the Walrus contract, all on"
          + " the loopback address, and keeps running; the other commands work with what runs. All"
          + " it has is in one directory, and there again after a restart. It is for tests: its"
          + " WAL are worth nothing.",
      "",
      "Example:",
      "  redstuff network up &",
      "  redstuff network status",
      "  redstuff network stop node-3 --delete-data",
      "  redstuff network start node-3",
      "  redstuff network audit",
      ""
    })
final class NetworkCommand extends CommandGroup {}
