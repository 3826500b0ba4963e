package io.redstuff.internal.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Works on items that come one by one, several at a time, and hands on the results in the order of
 * the items. Looks no further ahead than it is told, so any number of items takes the same memory.
 *
 * <p>The calling thread asks for items and takes results, and works while it can do neither. The
 * helpers are threads of their own rather than the common pool's: they may have to wait for input.
 *
 * @param <T> the items
 * @param <R> the results
 */
public final class OrderedCrew<T, R> {
  /**
   * What is to be done.
   *
   * @param <T> the items
   * @param <R> the results
   */
  @FunctionalInterface
  public interface Work<T, R> {
    /**
     * Works on one item.
     *
     * @param worker who does it, from 0 to one below the number of workers; 0 is the calling
     *     thread. One worker does one item at a time, so it can own memory
     * @param item which item
     * @return the result
     */
    R run(int worker, T item);
  }

  /** An item on its way; guarded by the lock but for its worker. */
  private static final class Slot<T, R> {
    final T item;
    R result;
    Throwable failure;
    boolean done;

    Slot(T item) {
      this.item = item;
    }
  }

  private final int workers;
  private final int lookAhead;
  private final Work<? super T, ? extends R> work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition itemOrEnd = lock.newCondition();
  private final Condition done = lock.newCondition();

  /** Those that nobody works on yet. */
  private final Deque<Slot<T, R>> waiting = new ArrayDeque<>();

  private boolean over;

  /** Those whose results were not handed on yet; of the calling thread alone. */
  private final Deque<Slot<T, R>> underway = new ArrayDeque<>();

  private final List<Thread> helpers = new ArrayList<>();

  private OrderedCrew(int workers, int lookAhead, Work<? super T, ? extends R> work) {
    this.workers = workers;
    this.lookAhead = lookAhead;
    this.work = work;
  }

  /**
   * Works on all items. When this returns or throws, nobody works any more.
   *
   * @param <T> the items
   * @param <R> the results
   * @param workers how many may work at a time, 1 for the calling thread alone
   * @param lookAhead how many items may have been asked for whose results were not handed on
   * @param items asked by the calling thread
   * @param work does it; what it throws is thrown here when the results before it have been handed
   *     on
   * @param results takes the results, in the calling thread; what it throws ends the work
   * @throws InterruptedException if the calling thread is interrupted, which ends the work too
   */
  public static <T, R> void run(
      int workers,
      int lookAhead,
      Iterator<? extends T> items,
      Work<? super T, ? extends R> work,
      Consumer<? super R> results)
      throws InterruptedException {
    OrderedCrew<T, R> crew = new OrderedCrew<>(workers, lookAhead, work);
    try {
      crew.run(items, results);
    } finally {
      crew.end();
    }
  }

  private void run(Iterator<? extends T> items, Consumer<? super R> results)
      throws InterruptedException {
    boolean more = true;
    while (more || !underway.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Slot<T, R> first = underway.peek();
      if (first != null && isDone(first)) {
        underway.remove();
        results.accept(result(first));
      } else if (more && underway.size() < lookAhead) {
        more = items.hasNext();
        if (more) {
          add(new Slot<>(items.next()));
        }
      } else if (first != null) {
        Slot<T, R> slot = poll();
        if (slot != null) {
          work(0, slot);
        } else {
          await(first);
        }
      }
    }
  }

  private R result(Slot<T, R> slot) {
    return switch (slot.failure) {
      case null -> slot.result;
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException("undeclared exception", e);
    };
  }

  private void add(Slot<T, R> slot) {
    underway.add(slot);
    lock.lock();
    try {
      waiting.add(slot);
      itemOrEnd.signal();
    } finally {
      lock.unlock();
    }
    if (underway.size() > 1 && helpers.size() < workers - 1) {
      int worker = helpers.size() + 1;
      helpers.add(Thread.ofPlatform().daemon().name("redstuff-", worker).start(() -> help(worker)));
    }
  }

  private void help(int worker) {
    for (Slot<T, R> slot = take(); slot != null; slot = take()) {
      work(worker, slot);
    }
  }

  private void work(int worker, Slot<T, R> slot) {
    R result = null;
    Throwable failure = null;
    try {
      result = work.run(worker, slot.item);
    } catch (Throwable e) {
      failure = e; // thrown where the result would be handed on
    }
    lock.lock();
    try {
      slot.result = result;
      slot.failure = failure;
      slot.done = true;
      done.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDone(Slot<T, R> slot) {
    lock.lock();
    try {
      return slot.done;
    } finally {
      lock.unlock();
    }
  }

  private Slot<T, R> poll() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** The next item; null when there will be none. */
  private Slot<T, R> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !over) {
        itemOrEnd.awaitUninterruptibly();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  private void await(Slot<T, R> slot) throws InterruptedException {
    lock.lock();
    try {
      while (!slot.done) {
        done.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody begin another item and waits for those who work. */
  private void end() {
    lock.lock();
    try {
      over = true;
      waiting.clear();
      itemOrEnd.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread helper : helpers) {
      helper.interrupt(); // it may wait for input that nobody wants any more
      while (helper.isAlive()) {
        try {
          helper.join();
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
