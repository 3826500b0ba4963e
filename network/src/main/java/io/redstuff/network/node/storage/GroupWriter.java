package io.redstuff.network.node.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes. What waits while it forces the disk is written together, so that many
 * at a time cost hardly more than one. If a group fails, its members are tried one by one: a sliver
 * for which the disk has no room keeps nothing smaller out.
 */
final class GroupWriter implements AutoCloseable {
  private static final int MOST_TOGETHER = 256;

  private final Session session;
  private final BlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Guarded by this. */
  private boolean closed;

  /** What is to be done in a transaction. */
  @FunctionalInterface
  interface Write<T> {
    T run(Session session) throws SQLException;
  }

  /** A write and who waits for it; without one, the end. */
  private record Waiting<T>(Write<T> write, CompletableFuture<T> done) {
    boolean isEnd() {
      return write == null;
    }

    /** Returns what to say when it is durable. */
    Runnable run(Session session) throws SQLException {
      T result = write.run(session);
      return () -> done.complete(result);
    }
  }

  GroupWriter(Session session, String name) {
    this.session = session;
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  /** Writes, and returns when that is on the disk. */
  <T> T write(Write<T> write) throws IOException {
    CompletableFuture<T> done = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        throw new IOException("node store: got a write, expected none as it was closed");
      }
      queue.add(new Waiting<>(write, done));
    }
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("node store: interrupted while it wrote");
    } catch (ExecutionException e) {
      throw NodeStore.failed(e.getCause());
    }
  }

  private void run() {
    boolean ended = false;
    while (!ended) {
      List<Waiting<?>> together = new ArrayList<>();
      together.add(takeFirst());
      queue.drainTo(together, MOST_TOGETHER - 1);
      ended = together.removeIf(Waiting::isEnd);
      if (!tryTogether(together)) {
        together.forEach(this::tryAlone);
      }
    }
  }

  private Waiting<?> takeFirst() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        // Only close() ends the thread.
      }
    }
  }

  private boolean tryTogether(List<Waiting<?>> together) {
    List<Runnable> answers = new ArrayList<>();
    try {
      for (Waiting<?> waiting : together) {
        answers.add(waiting.run(session));
      }
      session.commit();
    } catch (SQLException | RuntimeException e) {
      renew(e);
      return false;
    }
    answers.forEach(Runnable::run);
    return true;
  }

  private void tryAlone(Waiting<?> waiting) {
    try {
      Runnable answer = waiting.run(session);
      session.commit();
      answer.run();
    } catch (SQLException | RuntimeException e) {
      renew(e);
      waiting.done().completeExceptionally(e);
    }
  }

  private void renew(Exception cause) {
    try {
      session.renew();
    } catch (SQLException e) {
      cause.addSuppressed(e); // the next write fails too, and then this is tried again
    }
  }

  /** Ends the thread when all that was to be written is. */
  @Override
  public void close() throws SQLException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(new Waiting<>(null, null));
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    session.close();
  }
}
