package io.redstuff.message;

import io.redstuff.internal.bcs.Unsigned;

/**
 * A node is ready for a version of the protocol from some epoch on. On the wire 19 bytes.
 *
 * @param epoch the epoch of the committee that the signer acts in, from 0 to 2^32 - 1
 * @param startEpoch the first epoch with that version, from 0 to 2^32 - 1
 * @param protocolVersion the version; unsigned
 * @since 0.1.0
 */
public record ProtocolVersion(long epoch, long startEpoch, long protocolVersion)
    implements ProtocolMessage {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if a number does not fit 32 bits
   */
  public ProtocolVersion {
    Unsigned.check32("epoch", epoch);
    Unsigned.check32("startEpoch", startEpoch);
  }

  @Override
  public IntentType type() {
    return IntentType.PROTOCOL_VERSION;
  }
}
