package io.redstuff.cli.show;

/**
 * Tells a waiting person how far a piece of work is. Steps may be reported from several threads;
 * closing takes away whatever was shown.
 */
public interface Progress extends AutoCloseable {

  /** The unit in which bytes are shown; they are counted one by one all the same. */
  String MIB = "MiB";

  /** Shows nothing: standard error is no terminal, or {@code --no-progress} was given. */
  Factory NONE =
      (task, total, unit) ->
          new Progress() {
            @Override
            public void step(long count) {}

            @Override
            public void close() {}
          };

  /** {@code count} more units are done. */
  void step(long count);

  /**
   * Runs {@code output}, which prints lines to where this may be shown, so that neither spoils the
   * other.
   */
  default void aside(Runnable output) {
    output.run();
  }

  @Override
  void close();

  /** Starts a progress display. */
  @FunctionalInterface
  interface Factory {

    /**
     * A display for {@code total} units of work, or of unknown length when {@code total} is
     * negative.
     */
    Progress start(String task, long total, String unit);
  }
}
