package io.redstuff.daemon.chain;

import io.redstuff.ObjectId;
import io.redstuff.client.api.EventId;

/**
 * Where a blob is certified already.
 *
 * @since 0.1.0
 */
public sealed interface Certified {
  /** {@return until when it is paid for, exclusive} */
  long endEpoch();

  /**
   * By somebody, as permanent.
   *
   * @param event which says so
   * @param endEpoch until when it is paid for, exclusive
   */
  record ByEvent(EventId event, long endEpoch) implements Certified {}

  /**
   * By the account of the chain, which owns the blob object.
   *
   * @param object the blob object
   * @param endEpoch until when it is paid for, exclusive
   */
  record ByObject(ObjectId object, long endEpoch) implements Certified {}
}
