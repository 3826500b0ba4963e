package io.redstuff.cli;

import io.redstuff.cli.command.BlobIdCommand;
import io.redstuff.cli.command.BlobIdPrinter;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.show.Progress;
import io.redstuff.cli.show.TerminalProgress;
import io.redstuff.codec.RedStuff;
import io.redstuff.store.CreatedFiles;
import io.redstuff.store.NamedIoException;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The {@code redstuff} command: runs what the command line says, and turns whatever goes wrong into
 * one line on standard error and an exit code.
 */
public final class Main {

  /**
   * Says that standard error is a terminal, which the JVM cannot find out; the launcher sets it.
   */
  private static final String TERMINAL_PROPERTY = "redstuff.terminal";

  private Main() {}

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    Progress.Factory progress =
        isTerminal() ? TerminalProgress.on(System.err, TerminalProgress.PATIENCE) : Progress.NONE;
    Session session = new Session(System.out, System.err, System.in, new CreatedFiles(), progress);
    // Signals that end the JVM run this, too; at another end there is nothing left to take away.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(session)));
    int exitCode = run(session, args);
    // Nothing is left to end when all went well, and returning saves the time of logging an exit.
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
    }
  }

  private static void stop(Session session) {
    try {
      session.files().stop();
    } catch (IOException e) {
      session.err().println(Session.NAME + ": " + NamedIoException.reasonOf(e));
    }
  }

  /** Runs the command on the given streams, without a terminal; gives its exit code. */
  static int run(PrintStream out, PrintStream err, InputStream in, String... args) {
    return run(new Session(out, err, in, new CreatedFiles(), Progress.NONE), args);
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
      return isPlainBlobId(args) ? blobIds(session, args) : Commands.execute(session, args);
    } catch (OutOfMemoryError e) {
      return session.fail("not enough memory: " + e.getMessage(), e, ExitCode.USAGE);
    } catch (InternalError e) {
      // What the JVM throws when a mapped file has become shorter than its mapping, or unreadable.
      return session.fail("a file changed while it was read: " + e.getMessage(), e, ExitCode.USAGE);
    }
  }

  /**
   * Runs {@code blob-id FILE...} without any option, which there is nothing to parse in: picocli
   * looks at annotations by reflection, and that takes as long as a small blob itself.
   */
  private static int blobIds(Session session, String... args) {
    try {
      RedStuff codec = ShardsOption.defaultCodec();
      return new BlobIdPrinter(session, codec).print(Arrays.asList(args).subList(1, args.length));
    } catch (CommandException | RuntimeException e) {
      return session.fail(e);
    }
  }

  private static boolean isPlainBlobId(String... args) {
    return args.length > 1
        && args[0].equals(BlobIdCommand.NAME)
        && Arrays.stream(args).noneMatch(arg -> arg.startsWith("-"));
  }

  private static boolean isTerminal() {
    String told = System.getProperty(TERMINAL_PROPERTY);
    return told != null
        ? Boolean.parseBoolean(told)
        : Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
