package io.redstuff.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the bodies may take that are read at the same time. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BodyBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Makes a budget.
   *
   * @param most how many bytes there are
   */
  public BodyBudget(long most) {
    this.most = most;
  }

  /**
   * Takes memory. A single body is let in whatever its length.
   *
   * @param bytes how many
   * @return false if there is no more
   */
  public boolean take(long bytes) {
    long before = taken.getAndUpdate(now -> now > 0 && now + bytes > most ? now : now + bytes);
    return before == 0 || before + bytes <= most;
  }

  /**
   * Gives memory back.
   *
   * @param bytes how many were taken
   */
  public void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
