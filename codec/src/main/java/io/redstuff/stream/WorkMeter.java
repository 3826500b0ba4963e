package io.redstuff.stream;

import java.util.concurrent.CancellationException;

/** Turns steps of some work into what a {@link WorkMonitor} is told, and ends cancelled work. */
final class WorkMeter {
  private final WorkMonitor monitor;
  private final long blobLength;
  private final long total;
  private long done;

  /**
   * Begins.
   *
   * @param monitor who watches
   * @param blobLength what all the work amounts to, in its eyes
   * @param total all the work, in steps
   */
  WorkMeter(WorkMonitor monitor, long blobLength, long total) {
    this.monitor = monitor;
    this.blobLength = blobLength;
    this.total = total;
    step(0);
  }

  /**
   * Takes steps.
   *
   * @throws CancellationException if the work shall end
   */
  void step(long steps) {
    done += steps;
    double part = total == 0 ? 1 : (double) done / total;
    monitor.progress(Math.min(blobLength, Math.round(part * blobLength)), blobLength);
    if (monitor.isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }
}
