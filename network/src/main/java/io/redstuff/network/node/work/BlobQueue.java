package io.redstuff.network.node.work;

import io.redstuff.BlobId;
import io.redstuff.network.node.chain.Changes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Blobs with which something has to be done, each once at a time. What fails is tried again later,
 * each time after twice as long. Thread-safe.
 */
final class BlobQueue implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BlobQueue.class.getName());
  private static final int MOST_DOUBLINGS = 16;

  private final String name;
  private final Task task;
  private final WorkSettings settings;
  private final Changes progress;
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService later;

  // All guarded by this.
  private final Set<BlobId> waiting = new LinkedHashSet<>();
  private final Set<BlobId> working = new HashSet<>();
  private final Map<BlobId, Integer> failures = new HashMap<>();
  private boolean closed;

  /** What has to be done. */
  @FunctionalInterface
  interface Task {
    /** Does it; false to try again later. */
    boolean run(BlobId blob) throws IOException, InterruptedException;
  }

  /** Begins to work; tells whenever something was tried. */
  BlobQueue(String name, Task task, WorkSettings settings, Changes progress) {
    this.name = name;
    this.task = task;
    this.settings = settings;
    this.progress = progress;
    this.later =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(name).factory());
    for (int i = 0; i < settings.blobsAtOnce(); i++) {
      threads.add(Thread.ofVirtual().name(name).start(this::work));
    }
  }

  /** Takes a blob, to be worked on at once. */
  synchronized void add(BlobId blob) {
    if (!closed) {
      waiting.add(blob);
      notifyAll();
    }
  }

  /** Takes a blob, unless it is here already and its time will come. */
  synchronized void offer(BlobId blob) {
    if (!working.contains(blob) && !failures.containsKey(blob)) {
      add(blob);
    }
  }

  void addLater(BlobId blob, Duration delay) {
    try {
      Future<?> _ = later.schedule(() -> add(blob), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile; whoever starts the node again finds out what is to be done.
    }
  }

  private void work() {
    try {
      while (true) {
        BlobId blob = take();
        boolean done = run(blob);
        settle(blob, done);
        progress.tell();
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  private boolean run(BlobId blob) throws InterruptedException {
    try {
      return task.run(blob);
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, name + ": blob " + blob, e);
      return false;
    }
  }

  private synchronized BlobId take() throws InterruptedException {
    while (true) {
      for (Iterator<BlobId> each = waiting.iterator(); each.hasNext(); ) {
        BlobId blob = each.next();
        if (working.add(blob)) {
          each.remove();
          return blob;
        }
      }
      wait();
    }
  }

  private synchronized void settle(BlobId blob, boolean done) {
    working.remove(blob);
    notifyAll();
    if (done) {
      failures.remove(blob);
    } else {
      int doublings = Math.min(MOST_DOUBLINGS, failures.merge(blob, 1, Integer::sum) - 1);
      Duration delay = settings.firstRetry().multipliedBy(1L << doublings);
      addLater(
          blob, delay.compareTo(settings.longestRetry()) < 0 ? delay : settings.longestRetry());
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    later.shutdownNow();
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
