package io.redstuff.network.node.http;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the bodies may take that are read at the same time. Thread-safe. */
final class BodyBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /** Takes memory; false if there is no more. A single body is let in whatever its length. */
  boolean take(long bytes) {
    long before = taken.getAndUpdate(now -> now > 0 && now + bytes > most ? now : now + bytes);
    return before == 0 || before + bytes <= most;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
