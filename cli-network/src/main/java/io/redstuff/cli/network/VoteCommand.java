package io.redstuff.cli.network;

import io.redstuff.chain.Frost;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.CallInput;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.GovernedParameter;
import io.redstuff.network.local.NetworkDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff network vote}: has nodes vote. */
@Command(
    name = "vote",
    header = "Have nodes vote for a price, their capacity, a parameter, or against a node.",
    description = {
      "",
      "Prices change at once, to what nodes of two thirds of the shards agree to; capacity and"
          + " parameters with the next epoch. A node against which two thirds have voted loses its"
          + " commission.",
      "",
      "Example:",
      "  redstuff network vote storage-price 12000",
      "  redstuff network vote capacity 1099511627776 --node node-3",
      "  redstuff network vote max-epochs-ahead 20",
      "  redstuff network vote slash node-4 --node node-1,node-2",
      ""
    })
final class VoteCommand extends NetworkTask {
  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description =
          "storage-price, write-price, capacity, epoch-duration (milliseconds), max-epochs-ahead,"
              + " burn-rate (basis points), or slash.")
  private String what;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = "For what value, an amount such as 11000 for prices; against which node.")
  private String value;

  @Option(
      names = "--node",
      split = ",",
      paramLabel = "NODE",
      description = "Which nodes vote (default: all).")
  private List<String> nodes;

  VoteCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    try (LedgerAccess access = LedgerAccess.open(network().home())) {
      List<String> voters =
          nodes != null
              ? nodes
              : access.description().nodes().stream().map(NetworkDescription.Node::name).toList();
      for (String voter : voters) {
        StorageNode node = access.named(voter);
        access.node(voter).execute(vote(access, node).toArray(Call[]::new));
      }
      if (what.equals("slash")) {
        access.client().execute(Calls.executeSlashing(access.named(value).id()));
        session().out().printf("%s has lost its commission%n", value);
      } else {
        session().out().printf("%s nodes voted for %s %s%n", voters.size(), what, value);
      }
    }
    return ExitCode.OK;
  }

  private List<Call> vote(LedgerAccess access, StorageNode node) throws CommandException {
    List<Call> calls = new ArrayList<>();
    switch (what) {
      case "storage-price" -> calls.add(Calls.voteStoragePrice(cap(access, node), amount()));
      case "write-price" -> calls.add(Calls.voteWritePrice(cap(access, node), amount()));
      case "capacity" -> calls.add(Calls.voteCapacity(cap(access, node), number()));
      case "slash" -> calls.add(Calls.voteForSlashing(node.id(), access.named(value).id()));
      default -> calls.add(Calls.voteForParameter(node.id(), parameter(), number()));
    }
    if (what.endsWith("-price")) {
      calls.add(Calls.updatePrices());
    }
    return calls;
  }

  private static CallInput cap(LedgerAccess access, StorageNode node) throws CommandException {
    for (OwnedObject owned : access.ledger().owned(node.governance())) {
      if (owned.object() instanceof StorageNodeCap cap && cap.node().equals(node.id())) {
        return Calls.object(cap.id());
      }
    }
    throw CommandException.usage(
        node.info().name() + ": its StorageNodeCap belongs to another account");
  }

  private GovernedParameter parameter() throws CommandException {
    try {
      return GovernedParameter.valueOf(what.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "vote: got '"
              + what
              + "', expected storage-price, write-price, capacity, epoch-duration,"
              + " max-epochs-ahead, burn-rate or slash",
          e);
    }
  }

  private Frost amount() throws CommandException {
    try {
      return Frost.parse(value);
    } catch (MalformedDataException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  private long number() throws CommandException {
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw CommandException.usage(
        what + ": got '" + value + "', expected a number from 0 to 2^63 - 1");
  }
}
