package io.redstuff.cli.network;

import io.redstuff.cli.command.NetworkCommands;
import io.redstuff.cli.io.Session;
import picocli.CommandLine;

/** Gives the launcher's command the commands of this package. */
public final class LocalNetworkCommands implements NetworkCommands {
  /** Called by the service loader. */
  public LocalNetworkCommands() {}

  @Override
  public Object command(Session session) {
    return new CommandLine(new NetworkCommand())
        .addSubcommand(new UpCommand(session))
        .addSubcommand(new StoreCommand(session))
        .addSubcommand(new ReadCommand(session))
        .addSubcommand(new StatusCommand(session))
        .addSubcommand(new StopCommand(session))
        .addSubcommand(new StartCommand(session))
        .addSubcommand(new CorruptCommand(session))
        .addSubcommand(
            new CommandLine(new EpochCommand()).addSubcommand(new NextEpochCommand(session)))
        .addSubcommand(new StakeCommand(session))
        .addSubcommand(new VoteCommand(session))
        .addSubcommand(new TransferCommand(session))
        .addSubcommand(new AuditCommand(session))
        .addSubcommand(new LoadCommand(session))
        .addSubcommand(new DaemonCommand(session));
  }
}
