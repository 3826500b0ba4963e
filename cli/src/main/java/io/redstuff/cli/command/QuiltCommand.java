package io.redstuff.cli.command;

import io.redstuff.cli.io.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code redstuff quilt}: many small files in one blob. */
@Command(
    name = QuiltCommand.NAME,
    header = "Pack many small files into one blob, and read each of them alone.",
    description = {
      "",
      "A blob of a few bytes is encoded to as much as one of 400,000: 66 MB with 1000 shards. A"
          + " quilt is one blob with up to n-f-1 files in it, 666 of 1000, and each file can be"
          + " read, and proven, from a few slivers.",
      ""
    })
public final class QuiltCommand extends CommandGroup {
  /** What the command is called. */
  public static final String NAME = "quilt";

  /** Returns the command with all that it can do, in {@code session}. */
  public static CommandLine in(Session session) {
    return new CommandLine(new QuiltCommand())
        .addSubcommand(new QuiltCreateCommand(session))
        .addSubcommand(new QuiltListCommand(session))
        .addSubcommand(new QuiltCatCommand(session))
        .addSubcommand(new QuiltExtractCommand(session))
        .addSubcommand(new QuiltIdCommand(session));
  }
}
