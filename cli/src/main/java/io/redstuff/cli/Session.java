package io.redstuff.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** What one run of the command works with: its streams and what the general options say. */
final class Session {

  /** Set to anything, does what {@code --debug} does. */
  private static final String DEBUG_VARIABLE = "REDSTUFF_DEBUG";

  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final Traces traces;
  private final Progress.Factory progress;
  private boolean progressWanted = true;
  private boolean debug;

  Session(
      PrintStream out,
      PrintStream err,
      InputStream in,
      OutputFiles files,
      Progress.Factory progress) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.traces = new Traces(files);
    this.progress = progress;
  }

  /** Standard output: what scripts read, and nothing else. */
  PrintStream out() {
    return out;
  }

  /** Standard error, one line per message: see {@link #complain}. */
  PrintStream err() {
    return err;
  }

  /** Standard input. */
  InputStream in() {
    return in;
  }

  /** Where new files are made, and known by. */
  Traces files() {
    return traces;
  }

  /** Shows a progress display if there is a terminal and the user wants one. */
  Progress startProgress(String task, long total, String unit) {
    return (progressWanted ? progress : Progress.NONE).start(task, total, unit);
  }

  /** Whether the user wants progress displays; true unless said otherwise. */
  void setProgressWanted(boolean wanted) {
    progressWanted = wanted;
  }

  /** Whether a failure shows its stack trace. */
  boolean debug() {
    String variable = System.getenv(DEBUG_VARIABLE);
    return debug || (variable != null && !variable.isEmpty());
  }

  /** Says whether a failure shows its stack trace; false unless said otherwise. */
  void setDebug(boolean debug) {
    this.debug = debug;
  }

  /**
   * Prints one line on standard error for {@code failure}, and its stack trace for those who want.
   */
  void complain(String message, Throwable failure) {
    complain(message);
    if (debug() && !traces.isStopped()) {
      failure.printStackTrace(err);
    }
  }

  /** Prints one line on standard error; none once the command is stopped, whatever that upsets. */
  void complain(String message) {
    if (traces.isStopped()) {
      return;
    }
    err.println(Main.NAME + ": " + ErrorText.oneLine(message));
  }
}
