package io.redstuff.internal.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
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
     * Works on one item. Worker 0 is the calling thread. One worker does one item at a time, so it
     * can own memory.
     */
    R run(int worker, T item);
  }

  /** An item on its way; who comes first works on it. */
  private final class Slot implements Callable<R> {
    private final T item;
    private final FutureTask<R> task = new FutureTask<>(this);
    private int worker;

    Slot(T item) {
      this.item = item;
    }

    void work(int by) {
      worker = by;
      task.run();
    }

    @Override
    public R call() {
      return work.run(worker, item);
    }

    R result() throws InterruptedException {
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      }
    }
  }

  private final int workers;
  private final int lookAhead;
  private final Work<? super T, ? extends R> work;

  /** Those that nobody works on yet. */
  private final BlockingQueue<Slot> waiting = new LinkedBlockingQueue<>();

  /** Those whose results were not handed on yet; of the calling thread alone. */
  private final Deque<Slot> underway = new ArrayDeque<>();

  private final List<Thread> helpers = new ArrayList<>();
  private volatile boolean over;

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
      Slot first = underway.peek();
      boolean isDone = first != null && first.task.isDone();
      if (!isDone && more && underway.size() < lookAhead) {
        more = items.hasNext();
        if (more) {
          add(new Slot(items.next()));
        }
      } else {
        Slot slot = isDone ? null : waiting.poll();
        if (slot != null) {
          slot.work(0);
        } else {
          underway.remove();
          results.accept(first.result());
        }
      }
    }
  }

  private void add(Slot slot) {
    underway.add(slot);
    waiting.add(slot);
    if (underway.size() > 1 && helpers.size() < workers - 1) {
      int worker = helpers.size() + 1;
      helpers.add(Thread.ofPlatform().daemon().name("redstuff-", worker).start(() -> help(worker)));
    }
  }

  private void help(int worker) {
    try {
      while (!over) {
        waiting.take().work(worker);
        Thread.interrupted(); // an interrupt that came from the item has been dealt with
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is over
    }
  }

  /** Lets nobody begin another item and waits for those who work. */
  private void end() {
    over = true;
    waiting.clear();
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
