package io.redstuff.cli.command;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import java.util.ServiceLoader;

/**
 * The command {@code network}, with all that it can do. It is not a part of this jar: who has no
 * use for it neither downloads nor loads its server and database. The launcher builds it when it is
 * first asked for, and puts it on the class path, where it is found as a service.
 */
public interface NetworkCommands {
  /** What the command is called. */
  String NAME = "network";

  /** Returns the command in {@code session}: a picocli command line, or what one is made of. */
  Object command(Session session);

  /** Returns whether a command line asks for it. */
  static boolean isWanted(String... args) {
    return args.length > 0 && args[0].equals(NAME);
  }

  /** Returns the command, if it is on the class path. */
  static NetworkCommands find() throws CommandException {
    return ServiceLoader.load(NetworkCommands.class)
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "'network' needs redstuff-network-command.jar, which is not on the class path;"
                        + " the launcher './redstuff' builds it"));
  }
}
