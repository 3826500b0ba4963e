package io.redstuff.cli;

import java.io.IOException;

/** Ends a command with one line on standard error and an exit code. */
final class CommandException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Wrong usage, or an input or output that cannot be had: {@link ExitCode#USAGE}. */
  static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message, null);
  }

  /** As {@link #usage(String)}, keeping {@code cause} for {@code --debug}. */
  static CommandException usage(String message, Throwable cause) {
    return new CommandException(ExitCode.USAGE, message, cause);
  }

  /** A file that cannot be read or written: {@code what: reason}, {@link ExitCode#USAGE}. */
  static CommandException io(String what, IOException cause) {
    return new CommandException(ExitCode.USAGE, what + ": " + ErrorText.reason(cause), cause);
  }

  /** The data is not as it should be: {@link ExitCode#BAD_DATA}. */
  static CommandException badData(String message) {
    return new CommandException(ExitCode.BAD_DATA, message, null);
  }

  /** As {@link #badData(String)}, keeping {@code cause} for {@code --debug}. */
  static CommandException badData(String message, Throwable cause) {
    return new CommandException(ExitCode.BAD_DATA, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
