package io.redstuff.store;

import io.redstuff.stream.WorkMonitor;
import java.util.concurrent.CancellationException;

/** Tells monitors of work that has several steps. */
final class Monitors {
  private Monitors() {}

  /** Tells how far work is, and ends it if it shall end. */
  static void tell(WorkMonitor monitor, long done, long total) {
    monitor.progress(done, total);
    if (monitor.isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }

  /** Tells a monitor no less than before, whatever is done once more. */
  static WorkMonitor rising(WorkMonitor monitor) {
    return new WorkMonitor() {
      private long most;

      @Override
      public void progress(long done, long total) {
        most = Math.max(most, done);
        monitor.progress(most, total);
      }

      @Override
      public boolean isCancelled() {
        return monitor.isCancelled();
      }
    };
  }

  /**
   * For a step of some work that counts by itself.
   *
   * @param monitor of the whole
   * @param from where the step begins, in the units of the whole
   * @param to where it ends
   * @param whole how much the whole is
   */
  static WorkMonitor step(WorkMonitor monitor, long from, long to, long whole) {
    return new WorkMonitor() {
      @Override
      public void progress(long done, long total) {
        double part = total == 0 ? 1 : (double) done / total;
        monitor.progress(from + Math.round(part * (to - from)), whole);
      }

      @Override
      public boolean isCancelled() {
        return monitor.isCancelled();
      }
    };
  }
}
