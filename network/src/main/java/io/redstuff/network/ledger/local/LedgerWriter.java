package io.redstuff.network.ledger.local;

import io.redstuff.chain.ChainEvent;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.rule.Executor;
import io.redstuff.network.ledger.rule.LedgerState;
import io.redstuff.network.ledger.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Lock;

/**
 * Executes what is sent, in order, on a thread of its own: some transactions at a time, as many as
 * wait, are executed, written together, made visible, and only then answered.
 */
final class LedgerWriter implements AutoCloseable {
  private static final int MOST_TOGETHER = 256;

  private final LedgerStore store;
  private final LedgerState state;
  private final Executor executor;
  private final InstantSource clock;

  /** Keeps readers out while the state changes. */
  private final Lock visible;

  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Guards the number of events and whether the writer is at its end. */
  private final Object monitor = new Object();

  private long eventCount;
  private boolean closed;

  /** Why nothing is written any more; null if all is well. */
  private RuntimeException broken;

  private Instant last = Instant.EPOCH;

  /** A transaction and who waits for it; without one, the end. */
  private record Waiting(Transaction transaction, CompletableFuture<Receipt> receipt) {
    boolean isEnd() {
      return transaction == null;
    }
  }

  /** A transaction that was executed and is to be answered when it is written. */
  private record Executed(CompletableFuture<Receipt> waiting, Receipt receipt) {}

  LedgerWriter(
      LedgerStore store, LedgerState state, Executor executor, InstantSource clock, Lock visible) {
    this.store = store;
    this.state = state;
    this.executor = executor;
    this.clock = clock;
    this.visible = visible;
    this.eventCount = store.eventCount();
    this.thread = Thread.ofPlatform().name("ledger").daemon().start(this::run);
  }

  CompletableFuture<Receipt> submit(Transaction transaction) {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    synchronized (monitor) {
      if (closed) {
        throw new IllegalStateException("the ledger was closed");
      }
      queue.add(new Waiting(transaction, receipt));
    }
    return receipt;
  }

  long eventCount() {
    synchronized (monitor) {
      return eventCount;
    }
  }

  boolean awaitEvent(long from, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (monitor) {
      while (eventCount <= from) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0 || closed) {
          return false;
        }
        monitor.wait(left);
      }
      return true;
    }
  }

  private void run() {
    List<Waiting> together = new ArrayList<>();
    boolean ended = false;
    while (!ended) {
      together.clear();
      together.add(takeFirst());
      queue.drainTo(together, MOST_TOGETHER - 1);
      ended = together.removeIf(Waiting::isEnd);
      if (broken == null) {
        work(together);
      } else {
        together.forEach(waiting -> waiting.receipt().completeExceptionally(broken));
      }
    }
  }

  private Waiting takeFirst() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        // Only close() ends the thread.
      }
    }
  }

  private void work(List<Waiting> together) {
    List<Executed> executed = new ArrayList<>();
    List<LedgerEvent> events = new ArrayList<>();
    for (Waiting waiting : together) {
      try {
        Executor.Outcome outcome = executor.execute(waiting.transaction(), now());
        executed.add(new Executed(waiting.receipt(), outcome.receipt()));
        addEvents(outcome, events);
      } catch (LedgerException e) {
        waiting.receipt().completeExceptionally(e);
      } catch (RuntimeException e) {
        // A fault of the rules. What it left half done is of no transaction.
        executor.rollBack();
        waiting.receipt().completeExceptionally(e);
      }
    }
    try {
      store.write(state, executed.stream().map(Executed::receipt).toList(), events);
    } catch (RuntimeException e) {
      broken = e;
      state.discard();
      executed.forEach(one -> one.waiting().completeExceptionally(e));
      return;
    }
    visible.lock();
    try {
      state.publish();
    } finally {
      visible.unlock();
    }
    synchronized (monitor) {
      eventCount += events.size();
      monitor.notifyAll();
    }
    executed.forEach(one -> one.waiting().complete(one.receipt()));
  }

  /** Returns the time, which never goes back. */
  private Instant now() {
    Instant now = clock.instant();
    if (now.isAfter(last)) {
      last = now;
    }
    return last;
  }

  private void addEvents(Executor.Outcome outcome, List<LedgerEvent> events) {
    List<ChainEvent> its = outcome.events();
    for (int i = 0; i < its.size(); i++) {
      events.add(
          new LedgerEvent(eventCount + events.size(), outcome.receipt().digest(), i, its.get(i)));
    }
  }

  @Override
  public void close() {
    synchronized (monitor) {
      if (closed) {
        return;
      }
      closed = true;
      monitor.notifyAll();
      queue.add(new Waiting(null, null));
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
  }
}
