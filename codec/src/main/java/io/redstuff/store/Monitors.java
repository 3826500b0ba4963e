package io.redstuff.store;

import io.redstuff.stream.WorkMonitor;

/** Tells monitors of work that has several steps. */
final class Monitors {
  private Monitors() {}

  /** For work that may begin anew: never tells of less than before. */
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

  /** For a step that counts by itself, which is a part of {@code whole}. */
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
