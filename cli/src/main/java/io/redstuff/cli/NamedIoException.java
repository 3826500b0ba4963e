package io.redstuff.cli;

import java.io.IOException;

/**
 * A failure to read or write that knows what could not be read or written, on its way through code
 * that does not.
 */
final class NamedIoException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final IOException reason;

  /** {@code reason} befell {@code what}, as messages call it. */
  NamedIoException(String what, IOException reason) {
    super(what, reason);
    this.what = what;
    this.reason = reason;
  }

  /** The message for the user; of a failure that does not know, {@code other} is the name. */
  static CommandException toCommandException(IOException e, String other) {
    return e instanceof NamedIoException named
        ? CommandException.io(named.what, named.reason)
        : CommandException.io(other, e);
  }
}
