package io.redstuff.network.local;

import java.io.IOException;
import java.time.Duration;

/** Runs a node, somewhere. For one thread at a time. */
interface NodeRunner extends AutoCloseable {
  /** Starts the node and waits until it serves. */
  void start() throws IOException, InterruptedException;

  /** Stops the node, in order; does nothing if it does not run. */
  void stop() throws IOException, InterruptedException;

  /** Ends the node at once, in the middle of whatever it does, as far as can be. */
  void kill() throws IOException, InterruptedException;

  /**
   * Has the node look through all it has, and waits until it has all that it owes; returns whether
   * it has. True if it does not run: it owes nothing then.
   *
   * @throws UnsupportedOperationException if that cannot be found out
   */
  boolean awaitWhole(Duration most) throws IOException, InterruptedException;

  /** {@return whether it runs, as far as is known} */
  boolean isRunning();

  @Override
  void close() throws IOException;
}
