package io.redstuff.stream;

/**
 * Watches long work, and can end it. Called by the thread that does the work, after every few
 * megabytes.
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

  /**
   * Whether the work shall end. It then throws a {@link
   * java.util.concurrent.CancellationException}.
   *
   * @return true to end it
   */
  default boolean isCancelled() {
    return false;
  }
}
