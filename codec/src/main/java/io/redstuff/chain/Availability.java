package io.redstuff.chain;

import io.redstuff.internal.bcs.Unsigned;
import java.util.OptionalLong;

/**
 * Whether the network owes a blob in some epoch, and if not, why.
 *
 * @since 0.1.0
 */
public enum Availability {
  /** Certified, and paid for. One that may be deleted can go at any time. */
  AVAILABLE,
  /** Deleted by its owner. */
  DELETED,
  /** No longer paid for. */
  EXPIRED,
  /** Not certified, or only later; whether it was registered at all does not matter. */
  NOT_CERTIFIED,
  /** Some nodes, of which at least one is honest, refuse to serve it and have deleted it. */
  DENIED,
  /** Found to be encoded inconsistently: there is no blob to be had. */
  INVALID;

  /** Returns what a certificate and an end mean for an epoch. */
  static Availability of(OptionalLong certifiedEpoch, long endEpoch, long epoch) {
    Unsigned.check32("epoch", epoch);
    Unsigned.check32("end epoch", endEpoch);
    if (certifiedEpoch.isEmpty() || certifiedEpoch.getAsLong() > epoch) {
      return NOT_CERTIFIED;
    }
    return epoch < endEpoch ? AVAILABLE : EXPIRED;
  }

  /** {@return whether it is {@link #AVAILABLE}} */
  public boolean isAvailable() {
    return this == AVAILABLE;
  }
}
