package io.redstuff.cli.command;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The commands that work with signatures. They and the library they need are not a part of this
 * jar: who has no use for them neither downloads nor loads it. The launcher builds them when one is
 * first asked for, and puts them on the class path, where they are found as a service.
 */
public interface SignatureCommands {
  /** What {@code check} is asked with when it is to check signatures. */
  String COMMITTEE_OPTION = "--committee";

  /** The commands there are only here. */
  List<String> NAMES = List.of("key", "confirm", "certify");

  /** Returns a new command: one of {@link #NAMES}, or {@code check}. */
  Object command(String name, Session session);

  /** Returns what audits need of signatures. */
  AuditTrust audits();

  /** Returns whether a command line asks for one of these. */
  static boolean isWanted(String... args) {
    return args.length > 0
        && (NAMES.contains(args[0])
            || (args[0].equals(CheckCommand.NAME)
                && Arrays.stream(args).anyMatch(SignatureCommands::isCommittee)));
  }

  private static boolean isCommittee(String word) {
    return word.equals(COMMITTEE_OPTION) || word.startsWith(COMMITTEE_OPTION + "=");
  }

  /** Returns these commands, if they are on the class path. */
  static SignatureCommands find() throws CommandException {
    return ServiceLoader.load(SignatureCommands.class)
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "signatures need redstuff-certify.jar, which is not on the class path; the"
                        + " launcher './redstuff' builds it"));
  }
}
