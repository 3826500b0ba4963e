package io.redstuff.cli.io;

/** What the command returns to the shell; the help text of every command lists these. */
public final class ExitCode {
  /** Everything was as asked. */
  public static final int OK = 0;

  /** The data is not as it should be: bad or too few slivers, metadata of another blob. */
  public static final int BAD_DATA = 1;

  /** Wrong usage, or an input or output that cannot be had. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
