package io.redstuff.stream;

import java.util.concurrent.CancellationException;

/**
 * Turns steps of work on a blob into what a {@link WorkMonitor} is told, and ends cancelled work.
 *
 * <p>The work goes over the blob in stages, of which more may be needed than it seemed: each takes
 * its share of what was left.
 */
final class ProgressStages {
  private final WorkMonitor monitor;
  private final long blobLength;
  private double from;
  private double to;
  private double reached;
  private long done;
  private long steps;

  ProgressStages(WorkMonitor monitor, long blobLength) {
    this.monitor = monitor;
    this.blobLength = blobLength;
  }

  /**
   * Begins a stage of at least one step; {@code stages} are left with this one.
   *
   * @throws CancellationException if the work shall end
   */
  void stage(int stages, long steps) {
    this.from = reached;
    this.to = from + (1 - from) / stages;
    this.done = 0;
    this.steps = steps;
    step(0);
  }

  /**
   * Takes steps of the stage.
   *
   * @throws CancellationException if the work shall end
   */
  void step(long count) {
    done += count;
    report((double) done / steps);
  }

  /** Returns a monitor for work that is a stage of this and counts by itself. */
  WorkMonitor asMonitor() {
    return new WorkMonitor() {
      @Override
      public void progress(long done, long total) {
        ProgressStages.this.report(total == 0 ? 0 : (double) done / total);
      }

      @Override
      public boolean isCancelled() {
        return monitor.isCancelled();
      }
    };
  }

  private void report(double part) {
    reached = Math.max(reached, from + (to - from) * Math.min(1, part));
    monitor.report(Math.min(blobLength, Math.round(reached * blobLength)), blobLength);
  }
}
