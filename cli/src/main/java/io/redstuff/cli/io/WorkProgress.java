package io.redstuff.cli.io;

import io.redstuff.cli.show.Progress;
import io.redstuff.stream.WorkMonitor;

/** Shows how far work is that counts something, and ends it when the command is stopped. */
public final class WorkProgress implements WorkMonitor, AutoCloseable {
  private final Session session;
  private final String task;
  private final String unit;
  private Progress progress;
  private long shown;

  /** Shows work that counts bytes as {@code task}, from the first that is heard of it. */
  public WorkProgress(Session session, String task) {
    this(session, task, Progress.MIB);
  }

  /** Shows work that counts in another unit. */
  public WorkProgress(Session session, String task, String unit) {
    this.session = session;
    this.task = task;
    this.unit = unit;
  }

  @Override
  public void progress(long done, long total) {
    if (progress == null) {
      progress = session.startProgress(task, total, unit);
    }
    progress.step(done - shown);
    shown = done;
  }

  @Override
  public boolean isCancelled() {
    return session.files().isStopped();
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }
}
