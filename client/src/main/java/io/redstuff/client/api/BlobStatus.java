package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.Unsigned;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a node knows of a blob from the chain. One node's word: whoever has to be sure asks so many
 * that one of them must be honest, or the chain.
 *
 * @since 0.1.0
 */
public sealed interface BlobStatus {

  /** The blob is not registered, or no longer. */
  record Nonexistent() implements BlobStatus {}

  /**
   * The blob was found to be inconsistent.
   *
   * @param event by which it was marked
   */
  record Invalid(EventId event) implements BlobStatus {
    /**
     * Checks that it is there.
     *
     * @throws NullPointerException if it is null
     */
    public Invalid {
      Objects.requireNonNull(event, "event");
    }
  }

  /**
   * Somebody has registered the blob for good, until an epoch.
   *
   * @param endEpoch the latest epoch in which a permanent blob object ends, exclusive
   * @param certified whether it is certified, and not only registered
   * @param statusEvent by which it came to be so
   * @param deletableCounts the deletable blob objects beside it
   * @param initialCertifiedEpoch in which the blob was certified first, if it is certified
   */
  record Permanent(
      long endEpoch,
      boolean certified,
      EventId statusEvent,
      DeletableCounts deletableCounts,
      OptionalLong initialCertifiedEpoch)
      implements BlobStatus {
    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if an epoch does not fit 32 bits
     */
    public Permanent {
      Unsigned.check32("endEpoch", endEpoch);
      Objects.requireNonNull(statusEvent, "statusEvent");
      Objects.requireNonNull(deletableCounts, "deletableCounts");
      initialCertifiedEpoch.ifPresent(epoch -> Unsigned.check32("initialCertifiedEpoch", epoch));
    }
  }

  /**
   * The blob is registered, and may be deleted at any time.
   *
   * @param initialCertifiedEpoch in which the blob was certified first, if it is certified
   * @param deletableCounts the blob objects
   */
  record Deletable(OptionalLong initialCertifiedEpoch, DeletableCounts deletableCounts)
      implements BlobStatus {
    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if the epoch does not fit 32 bits
     */
    public Deletable {
      initialCertifiedEpoch.ifPresent(epoch -> Unsigned.check32("initialCertifiedEpoch", epoch));
      Objects.requireNonNull(deletableCounts, "deletableCounts");
    }
  }

  /** {@return in which epoch the blob was certified first, if it is certified} */
  default OptionalLong certifiedEpoch() {
    return switch (this) {
      case Permanent status -> status.initialCertifiedEpoch;
      case Deletable status -> status.initialCertifiedEpoch;
      case Nonexistent status -> OptionalLong.empty();
      case Invalid status -> OptionalLong.empty();
    };
  }

  /**
   * Reads an answer in JSON.
   *
   * @param json all of it, UTF-8
   * @return what it says
   * @throws MalformedDataException if it is no such answer
   */
  static BlobStatus parse(byte[] json) throws MalformedDataException {
    return StatusJson.read(Envelope.unwrap(json));
  }

  /** {@return the answer in JSON, UTF-8} */
  default byte[] toJson() {
    return Envelope.wrap(200, success -> StatusJson.write(this, success));
  }
}
