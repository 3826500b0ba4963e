package io.redstuff.cli;

import io.redstuff.stream.WorkMonitor;

/** Shows how far work on a blob is, and ends it when the command is stopped. */
final class WorkProgress implements WorkMonitor, AutoCloseable {

  private final Session session;
  private final Progress progress;
  private long shown;

  /** Starts a display of work on a blob of {@code length} bytes. */
  WorkProgress(Session session, String task, long length) {
    this.session = session;
    this.progress = session.startProgress(task, length, Progress.MIB);
  }

  @Override
  public void progress(long done, long total) {
    progress.step(done - shown);
    shown = done;
  }

  @Override
  public boolean isCancelled() {
    return session.files().isStopped();
  }

  @Override
  public void close() {
    progress.close();
  }
}
