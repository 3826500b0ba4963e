package io.redstuff.cli.io;

import io.redstuff.error.RedStuffException;
import io.redstuff.store.NamedIoException;
import java.io.IOException;

/** Ends a command with one line on standard error and an exit code. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Returns wrong usage, or an input or output that cannot be had: {@link ExitCode#USAGE}. */
  public static CommandException usage(String message) {
    return usage(message, null);
  }

  /** Returns the same, keeping {@code cause} for {@code --debug}. */
  public static CommandException usage(String message, Throwable cause) {
    return new CommandException(ExitCode.USAGE, message, cause);
  }

  /** Returns data that is not as it should be: {@link ExitCode#BAD_DATA}. */
  public static CommandException badData(String message, Throwable cause) {
    return new CommandException(ExitCode.BAD_DATA, message, cause);
  }

  /** Returns how a command ends that failed in any way. */
  public static CommandException of(Exception e) {
    return switch (e) {
      case CommandException c -> c;
      case RedStuffException r -> badData(r.getMessage(), r);
      case NamedIoException n -> usage(n.getMessage(), n);
      case IOException io -> usage(NamedIoException.reasonOf(io), io);
      default -> usage("internal error: " + e + " (--debug shows where)", e);
    };
  }

  /** Returns what the shell is told. */
  public int exitCode() {
    return exitCode;
  }
}
