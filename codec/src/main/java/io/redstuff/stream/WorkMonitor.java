package io.redstuff.stream;

import java.util.concurrent.CancellationException;

/**
 * Watches long work, and can end it. Called by the thread that does the work, after each group of
 * rows or columns: with 1000 shards at most some 200 MiB of symbols, a fraction of a second. A blob
 * that is encoded in memory as a whole is a few such groups.
 *
 * @since 0.1.0
 */
public interface WorkMonitor {
  /** Neither looks nor cancels. */
  WorkMonitor NONE = (done, total) -> {};

  /**
   * Tells how far the work is.
   *
   * @param done bytes of the blob that are worked off, never fewer than before; where the work goes
   *     over the blob more than once, each time counts for its part
   * @param total length of the blob in bytes
   */
  void progress(long done, long total);

  /** {@return whether the work shall end, which then throws a {@link CancellationException}} */
  default boolean isCancelled() {
    return false;
  }

  /**
   * Tells how far the work is, and ends it if it shall end: what is to be called by who works.
   *
   * @param done as {@link #progress} has it
   * @param total as {@link #progress} has it
   * @throws CancellationException if the work shall end
   */
  default void report(long done, long total) {
    progress(done, total);
    if (isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }
}
