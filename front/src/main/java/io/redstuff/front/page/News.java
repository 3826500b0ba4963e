package io.redstuff.front.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest of what has happened, for readers that come and go. What is kept is bounded; a reader
 * who is too slow is told that something was left out, and nobody waits for it. Thread-safe.
 */
final class News implements AutoCloseable {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasMore = lock.newCondition();
  private final Deque<NewsItem> kept = new ArrayDeque<>();

  /** The number of the first item that is kept; they are numbered from 0. */
  private long first;

  private boolean isClosed;

  /**
   * What a reader gets.
   *
   * @param first the number of the first item
   * @param items the items, in order
   * @param isGap whether there were items before these that are not kept any more
   * @param isClosed whether there will be no more
   */
  record Batch(long first, List<NewsItem> items, boolean isGap, boolean isClosed) {
    long next() {
      return first + items.size();
    }
  }

  /** Keeps so many. */
  News(int most) {
    this.most = most;
  }

  void publish(NewsItem item) {
    lock.lock();
    try {
      kept.addLast(item);
      if (kept.size() > most) {
        kept.removeFirst();
        first++;
      }
      hasMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number that the next item will have. */
  long next() {
    lock.lock();
    try {
      return first + kept.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of the first that is kept. */
  long first() {
    lock.lock();
    try {
      return first;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there are items from some number on, and returns them; none if the time is over or
   * there will be no more.
   */
  Batch await(long from, long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!isClosed && first + kept.size() <= from && left > 0) {
        left = hasMore.awaitNanos(left);
      }
      long start = Math.max(first, Math.min(from, first + kept.size()));
      List<NewsItem> items = new ArrayList<>();
      long number = first;
      for (NewsItem item : kept) {
        if (number++ >= start) {
          items.add(item);
        }
      }
      return new Batch(start, items, start > from, isClosed);
    } finally {
      lock.unlock();
    }
  }

  /** Lets all who wait go. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      hasMore.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
