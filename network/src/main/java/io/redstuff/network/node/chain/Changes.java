package io.redstuff.network.node.chain;

import java.time.Duration;
import java.util.Optional;

/**
 * Wakes those who wait for something to change. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Changes {
  private long count;

  /** Nothing has changed yet. */
  public Changes() {}

  /** {@return how often something has changed} */
  public synchronized long count() {
    return count;
  }

  /** Something has changed. */
  public synchronized void tell() {
    count++;
    notifyAll();
  }

  /**
   * What is looked for, which may fail as a store does.
   *
   * @param <T> what is found
   * @param <E> how the look fails
   */
  @FunctionalInterface
  public interface Look<T, E extends Exception> {
    /**
     * Looks.
     *
     * @return what is looked for, if it is there
     * @throws E if that fails
     */
    Optional<T> look() throws E;
  }

  /**
   * Looks for something, now and after each change.
   *
   * @param look finds it or not
   * @param most how long to look
   * @param <T> what is looked for
   * @param <E> how looking fails
   * @return what was found, if it was in time
   * @throws E if looking fails
   * @throws InterruptedException if the thread was interrupted
   */
  public <T, E extends Exception> Optional<T> await(Look<T, E> look, Duration most)
      throws E, InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (true) {
      long seen = count();
      Optional<T> found = look.look();
      if (found.isPresent() || !awaitAfter(seen, deadline)) {
        return found;
      }
    }
  }

  private synchronized boolean awaitAfter(long seen, long deadline) throws InterruptedException {
    while (count == seen) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
