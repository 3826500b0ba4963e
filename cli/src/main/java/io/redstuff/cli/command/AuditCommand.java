package io.redstuff.cli.command;

import io.redstuff.cli.io.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code redstuff audit}: whether a node still has its slivers. */
@Command(
    name = AuditCommand.NAME,
    header = "Check that a node still has its slivers, and how sure that is.",
    description = {
      "",
      "The auditor writes a challenge, the node answers it from its slivers, and anybody verifies"
          + " the answers with nothing but the blob ids: they show how much can be missing, and how"
          + " sure that is.",
      "",
      "Example:",
      "  redstuff audit plan --missing 1%% --confidence 2^-40",
      "  redstuff audit challenge --list blobs.txt -o node.challenge",
      "  redstuff audit answer store node.challenge -o node.transcript",
      "  redstuff audit verify --challenge node.challenge node.transcript",
      ""
    })
public final class AuditCommand extends CommandGroup {
  /** What the command is called. */
  public static final String NAME = "audit";

  /** With it answers are signed, which takes the library for signatures. */
  static final String KEY_OPTION = "--key";

  /** With it randomness is drand's, which takes the library for signatures. */
  static final String DRAND_OPTION = "--drand";

  /** Returns the command with all that it can do, in {@code session}. */
  public static CommandLine in(Session session) {
    return new CommandLine(new AuditCommand())
        .addSubcommand(new AuditPlanCommand(session))
        .addSubcommand(new AuditChallengeCommand(session))
        .addSubcommand(new AuditAnswerCommand(session))
        .addSubcommand(new AuditVerifyCommand(session));
  }
}
