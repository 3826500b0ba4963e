package io.redstuff.cli;

import io.redstuff.RedStuffException;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code redstuff} command: takes the command line apart, runs the command, and turns whatever
 * goes wrong into one line on standard error and an exit code.
 */
public final class Main {

  /** What the command is called, in help and before every message. */
  static final String NAME = "redstuff";

  /**
   * Says that standard error is a terminal, which the JVM cannot find out; the launcher sets it.
   */
  private static final String TERMINAL_PROPERTY = "redstuff.terminal";

  private static final String HELP = "help";

  /** All commands, in the order in which the help lists them. */
  private static final List<String> COMMANDS =
      List.of(
          "blob-id", "encode", "decode", "verify", "recover", "prove", "check", "dispute", "info",
          HELP);

  private Main() {}

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    Progress.Factory progress =
        isTerminal() ? TerminalProgress.on(System.err, TerminalProgress.PATIENCE) : Progress.NONE;
    Session session =
        new Session(System.out, System.err, System.in, OutputFiles.FILE_SYSTEM, progress);
    System.exit(run(session, args));
  }

  /** Runs the command on the given streams, without a terminal; gives its exit code. */
  static int run(PrintStream out, PrintStream err, InputStream in, String... args) {
    return run(new Session(out, err, in, OutputFiles.FILE_SYSTEM, Progress.NONE), args);
  }

  /** Runs the command in {@code session}; gives its exit code. */
  static int run(Session session, String... args) {
    int exitCode = execute(session, args);
    // A print stream keeps its troubles to itself. A script must not take half a result for whole.
    if (session.out().checkError() && exitCode == ExitCode.OK) {
      session.complain("standard output: write failed");
      return ExitCode.USAGE;
    }
    return exitCode;
  }

  private static int execute(Session session, String... args) {
    try {
      return commandLine(session, args).execute(args);
    } catch (OutOfMemoryError e) {
      return fail(session, e, ExitCode.USAGE, "not enough memory: " + e.getMessage());
    } catch (InternalError e) {
      // What the JVM throws when a mapped file has become shorter than its mapping, or unreadable.
      return fail(
          session, e, ExitCode.USAGE, "a file changed while it was read: " + e.getMessage());
    }
  }

  private static CommandLine commandLine(Session session, String... args) {
    CommandLine commandLine = new CommandLine(new RootCommand(session));
    for (String name : wanted(args)) {
      commandLine.addSubcommand(command(name, session));
    }
    return commandLine
        .registerConverter(Path.class, new PathConverter())
        .setOut(new PrintWriter(session.out(), true, session.out().charset()))
        .setErr(new PrintWriter(session.err(), true, session.err().charset()))
        // A file may well be called @file.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> misused(session, e))
        .setExecutionExceptionHandler((e, _, _) -> failed(session, e));
  }

  /**
   * The commands to set up: picocli looks at every option of each by reflection, which takes longer
   * than many a command itself. When the first word is one, no other can be meant.
   */
  private static List<String> wanted(String... args) {
    boolean known = args.length > 0 && COMMANDS.contains(args[0]) && !args[0].equals(HELP);
    return known ? List.of(args[0]) : COMMANDS;
  }

  private static Object command(String name, Session session) {
    return switch (name) {
      case "blob-id" -> new BlobIdCommand(session);
      case "encode" -> new EncodeCommand(session);
      case "decode" -> new DecodeCommand(session);
      case "verify" -> new VerifyCommand(session);
      case "recover" -> new RecoverCommand(session);
      case "prove" -> new ProveCommand(session);
      case "check" -> new CheckCommand(session);
      case "dispute" -> new DisputeCommand(session);
      case "info" -> new InfoCommand(session);
      case HELP -> new CommandLine.HelpCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static int misused(Session session, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return fail(
        session,
        e,
        ExitCode.USAGE,
        (e instanceof UnmatchedArgumentException u
                ? unmatched(u)
                : ErrorText.lowerFirst(e.getMessage()))
            + " - see '"
            + command
            + " --help'");
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().getFirst();
    String kind;
    if (e.isUnknownOption()) {
      kind = "unknown option";
    } else if (e.getCommandLine().getParent() == null) {
      kind = "unknown command";
    } else {
      kind = "one argument too many:";
    }
    List<String> suggestions = e.getSuggestions();
    return kind
        + " '"
        + argument
        + "'"
        + (suggestions.isEmpty()
            ? ""
            : " (did you mean " + String.join(" or ", suggestions) + "?)");
  }

  private static int failed(Session session, Exception e) {
    return switch (e) {
      case CommandException c -> fail(session, c, c.exitCode(), c.getMessage());
      case RedStuffException r -> fail(session, r, ExitCode.BAD_DATA, r.getMessage());
      default ->
          fail(session, e, ExitCode.USAGE, "internal error: " + e + " (--debug shows where)");
    };
  }

  private static int fail(Session session, Throwable cause, int exitCode, String message) {
    session.complain(message, cause);
    return exitCode;
  }

  private static boolean isTerminal() {
    String told = System.getProperty(TERMINAL_PROPERTY);
    return told != null
        ? Boolean.parseBoolean(told)
        : Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
