package io.redstuff.cli.network;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code redstuff network transfer}: gives something to another account. */
@Command(
    name = "transfer",
    header = "Give WAL or an object to another account, from the one that commands store with.",
    description = {
      "",
      "Who owns the blob object owns the blob.",
      "",
      "Example:",
      "  redstuff network transfer 12.5WAL"
          + " 0x7d20dcdb2bca4f508ea9613994683eb4e76e9c4ed371169677c1be02aaf0b58e",
      ""
    })
final class TransferCommand extends NetworkTask {
  private static final String OBJECT = "0x";

  @Parameters(
      index = "0",
      paramLabel = "AMOUNT|OBJECT",
      description = "How much, such as 100WAL or 5000 for FROST; or the id of an object.")
  private String what;

  @Parameters(index = "1", paramLabel = "ADDRESS", description = "To which account.")
  private String recipient;

  TransferCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    Call call = transfer();
    try (LedgerAccess access = LedgerAccess.open(network().home())) {
      access.client().execute(call);
      session().out().printf("%s now belongs to %s%n", what, recipient);
    }
    return ExitCode.OK;
  }

  private Call transfer() throws CommandException {
    try {
      SuiAddress address = SuiAddress.parse(recipient);
      return what.startsWith(OBJECT)
          ? Calls.transfer(Calls.object(ObjectId.parse(what)), address)
          : Calls.pay(Frost.parse(what), address);
    } catch (MalformedDataException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }
}
