package io.redstuff.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks several who might know, until enough have answered. As many are asked at a time as answers
 * are missing. Whoever fails is replaced by another one, and so is who has not answered for a
 * while: that one is not counted any more, though its answer is welcome. Whoever is not needed any
 * more is interrupted.
 *
 * @param <T> what is asked for
 */
final class Race<T> {
  /** How often monitors are told, and can cancel. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** How many times as many may be under way, with those that are not counted. */
  private static final int MOST = 4;

  private final ExecutorService threads;
  private final int atOnce;
  private final Duration hedge;
  private final List<T> good = new ArrayList<>();
  private final List<Exception> failures = new ArrayList<>();

  /**
   * Prepares a race.
   *
   * @param threads runs those that are asked
   * @param atOnce how many at most
   * @param hedge after how long without an answer another one is asked instead
   */
  Race(ExecutorService threads, int atOnce, Duration hedge) {
    this.threads = threads;
    this.atOnce = atOnce;
    this.hedge = hedge;
  }

  /** Says how many answers are missing, given those that there are. */
  @FunctionalInterface
  interface Goal<T> {
    /** Returns how many are missing; 0 if there are enough. Called often; may cancel the race. */
    int missing(List<T> good);
  }

  /** Returns what came. */
  List<T> good() {
    return good;
  }

  /** Returns why others failed. */
  List<Exception> failures() {
    return failures;
  }

  /**
   * Runs the race.
   *
   * @param tasks those that can be asked, the best first
   * @param patient whether to wait for those that are slow when there is nobody else to ask
   * @param goal when there are enough
   * @return whether there are enough
   */
  boolean run(Collection<? extends Callable<T>> tasks, boolean patient, Goal<T> goal)
      throws InterruptedException {
    BlockingQueue<Attempt<T>> ended = new LinkedBlockingQueue<>();
    Queue<Callable<T>> waiting = new ArrayDeque<>(tasks);
    Set<Attempt<T>> running = new HashSet<>();
    long tick = Math.min(TICK.toNanos(), hedge.toNanos());
    try {
      int missing = goal.missing(good);
      while (missing > 0) {
        long now = System.nanoTime();
        long counted = running.stream().filter(each -> now - each.start < hedge.toNanos()).count();
        while (counted < Math.min(atOnce, missing)
            && running.size() < (long) MOST * atOnce
            && !waiting.isEmpty()) {
          running.add(Attempt.begin(waiting.remove(), threads, ended));
          counted++;
        }
        boolean isOver = waiting.isEmpty() && counted == 0;
        if (running.isEmpty() || (isOver && !patient)) {
          return false;
        }
        Attempt<T> one = ended.poll(tick, TimeUnit.NANOSECONDS);
        if (one != null) {
          running.remove(one);
          take(one);
        }
        missing = goal.missing(good);
      }
      return true;
    } finally {
      running.forEach(Attempt::cancel);
    }
  }

  private void take(Attempt<T> one) {
    switch (one.failure) {
      case null -> good.add(one.answer);
      case RuntimeException failure -> throw failure;
      case Exception failure -> failures.add(failure);
    }
  }

  /** One that is asked. */
  private static final class Attempt<T> {
    private final long start = System.nanoTime();
    private Future<?> future;
    private T answer;
    private Exception failure;

    static <T> Attempt<T> begin(
        Callable<T> task, ExecutorService threads, BlockingQueue<Attempt<T>> ended) {
      Attempt<T> attempt = new Attempt<>();
      try {
        attempt.future = threads.submit(() -> attempt.run(task, ended));
      } catch (RejectedExecutionException e) {
        throw new IllegalStateException(
            "client: got a request, expected none once it is closed", e);
      }
      return attempt;
    }

    /** Asks; the queue hands over what came of it. */
    private void run(Callable<T> task, BlockingQueue<Attempt<T>> ended) {
      try {
        answer = task.call();
      } catch (Exception e) {
        failure = e;
      }
      ended.add(this);
    }

    void cancel() {
      future.cancel(true);
    }
  }
}
