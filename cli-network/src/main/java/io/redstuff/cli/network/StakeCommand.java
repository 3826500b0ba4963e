package io.redstuff.cli.network;

import io.redstuff.ObjectId;
import io.redstuff.chain.Frost;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.network.ledger.object.StakedWal;
import io.redstuff.network.ledger.transaction.Calls;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code redstuff network stake}: stakes with a node. */
@Command(
    name = "stake",
    header = "Stake with a node, from the account that commands store with.",
    description = {
      "",
      "The stake counts from the next epoch on; shards move with it.",
      "",
      "Example:",
      "  redstuff network stake node-3 250000WAL",
      "  redstuff network epoch next",
      ""
    })
final class StakeCommand extends NetworkTask {
  @Parameters(index = "0", paramLabel = "NODE", description = "Name of the node.")
  private String node;

  @Parameters(
      index = "1",
      paramLabel = "AMOUNT",
      description = "How much, such as 100WAL or 5000 for FROST.")
  private Frost amount;

  StakeCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    try (LedgerAccess access = LedgerAccess.open(network().home())) {
      ObjectId id = access.named(node).id();
      ObjectId stake = access.client().execute(Calls.stake(amount, id)).result(0);
      long from =
          access.ledger().object(stake).orElseThrow().object() instanceof StakedWal staked
              ? staked.activationEpoch()
              : 0;
      session().out().printf("stake %s with %s counts from epoch %s on%n", stake, node, from);
    }
    return ExitCode.OK;
  }
}
