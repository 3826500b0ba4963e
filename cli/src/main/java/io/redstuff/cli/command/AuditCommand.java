package io.redstuff.cli.command;

import io.redstuff.cli.io.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code redstuff audit}: whether a node still has its slivers. */
@Command(
    name = AuditCommand.NAME,
    header = "Check that a node still has its slivers, and how sure that is.",
    description = {"", "Example:", "  redstuff audit plan --missing 1%% --confidence 2^-40", ""})
public final class AuditCommand implements Runnable {
  /** What the command is called. */
  public static final String NAME = "audit";

  @Spec private CommandSpec spec;

  /** Returns the command with all that it can do, in {@code session}. */
  public static CommandLine in(Session session) {
    return new CommandLine(new AuditCommand()).addSubcommand(new AuditPlanCommand(session));
  }

  /** Runs when it was not said what to do, which is a mistake. */
  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(
        commandLine,
        "a command is needed: " + String.join(", ", commandLine.getSubcommands().keySet()));
  }
}
