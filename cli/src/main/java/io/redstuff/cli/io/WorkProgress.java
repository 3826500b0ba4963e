package io.redstuff.cli.io;

import io.redstuff.cli.show.Progress;
import io.redstuff.stream.WorkMonitor;

/** Shows how far work is that counts bytes, and ends it when the command is stopped. */
public final class WorkProgress implements WorkMonitor, AutoCloseable {
  private final Session session;
  private final String task;
  private Progress progress;
  private long shown;

  /** Shows it as {@code task}, from the first that is heard of it. */
  public WorkProgress(Session session, String task) {
    this.session = session;
    this.task = task;
  }

  @Override
  public void progress(long done, long total) {
    if (progress == null) {
      progress = session.startProgress(task, total, Progress.MIB);
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
