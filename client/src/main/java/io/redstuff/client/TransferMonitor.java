package io.redstuff.client;

import java.util.concurrent.CancellationException;

/**
 * Watches a transfer, and can end it. Called by the thread that asked for the transfer, several
 * times a second. An interrupt of that thread ends it too.
 *
 * @since 0.1.0
 */
public interface TransferMonitor {
  /** Neither looks nor cancels. */
  TransferMonitor NONE = (stage, done, total) -> {};

  /** What a transfer is at. */
  enum Stage {
    /** Computes slivers; counts bytes of the blob. */
    ENCODE,
    /** Registers the blob; counts 1. */
    REGISTER,
    /** Sends slivers; counts the shards that have confirmed, of those that are needed. */
    SPREAD,
    /** Shows the certificate to the chain; counts 1. */
    CERTIFY,
    /** Gets slivers; counts those. */
    GATHER,
    /** Computes the blob; counts its bytes. */
    DECODE
  }

  /**
   * Tells how far the transfer is.
   *
   * @param stage what it is at; stages come in order
   * @param done how much of that is done
   * @param total how much there is
   */
  void progress(Stage stage, long done, long total);

  /** {@return whether the transfer shall end, which then throws a {@link CancellationException}} */
  default boolean isCancelled() {
    return false;
  }

  /**
   * Tells how far the transfer is, and ends it if it shall end: what is to be called by who works.
   *
   * @param stage as {@link #progress} has it
   * @param done as {@link #progress} has it
   * @param total as {@link #progress} has it
   * @throws CancellationException if the transfer shall end
   */
  default void report(Stage stage, long done, long total) {
    progress(stage, done, total);
    if (isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }
}
