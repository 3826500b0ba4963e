package io.redstuff.cli.io;

import io.redstuff.cli.show.Progress;
import io.redstuff.cli.show.Text;
import io.redstuff.store.CreatedFiles;
import java.io.InputStream;
import java.io.PrintStream;

/** What one run of the command works with: its streams and what the general options say. */
public final class Session {
  /** What the command is called, in help and before every message. */
  public static final String NAME = "redstuff";

  /** Set to anything, does what {@code --debug} does. */
  private static final String DEBUG_VARIABLE = "REDSTUFF_DEBUG";

  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final CreatedFiles files;
  private final Progress.Factory progress;
  private boolean progressWanted = true;
  private boolean debug;

  /** A run with these streams that makes these files. */
  public Session(
      PrintStream out,
      PrintStream err,
      InputStream in,
      CreatedFiles files,
      Progress.Factory progress) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.files = files;
    this.progress = progress;
  }

  /** Returns standard output: what scripts read, and nothing else. */
  public PrintStream out() {
    return out;
  }

  /** Returns standard error, one line per message: see {@link #complain}. */
  public PrintStream err() {
    return err;
  }

  /** Returns standard input. */
  public InputStream in() {
    return in;
  }

  /** Returns what new files are parts of; stopping it ends the run. */
  public CreatedFiles files() {
    return files;
  }

  /** Shows a progress display if there is a terminal and the user wants one. */
  public Progress startProgress(String task, long total, String unit) {
    return (progressWanted ? progress : Progress.NONE).start(task, total, unit);
  }

  /** Says whether the user wants progress displays; true unless said otherwise. */
  public void setProgressWanted(boolean wanted) {
    progressWanted = wanted;
  }

  /** Says whether a failure shows its stack trace; false unless said otherwise. */
  public void setDebug(boolean debug) {
    this.debug = debug;
  }

  /** Says what went wrong, and where for those who want; gives the exit code. */
  public int fail(Exception e) {
    CommandException failure = CommandException.of(e);
    return fail(failure.getMessage(), failure.getCause() == null ? e : failure, failure.exitCode());
  }

  /** Says {@code message}, and where it went wrong for those who want; gives the exit code. */
  public int fail(String message, Throwable failure, int exitCode) {
    complain(message);
    String variable = System.getenv(DEBUG_VARIABLE);
    boolean wanted = debug || (variable != null && !variable.isEmpty());
    if (wanted && !files.isStopped()) {
      failure.printStackTrace(err);
    }
    return exitCode;
  }

  /** Prints one line on standard error; none once the command is stopped, whatever that upsets. */
  public void complain(String message) {
    if (!files.isStopped()) {
      err.println(NAME + ": " + Text.oneLine(message));
    }
  }
}
