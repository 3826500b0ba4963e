package io.redstuff.cli;

/** What the command returns to the shell; the help text of every command lists these. */
final class ExitCode {

  /** Everything was as asked. */
  static final int OK = 0;

  /** The data is not as it should be: bad or too few slivers, metadata of another blob. */
  static final int BAD_DATA = 1;

  /** Wrong usage, or an input or output that cannot be had. */
  static final int USAGE = 2;

  private ExitCode() {}
}
