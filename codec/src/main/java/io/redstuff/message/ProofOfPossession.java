package io.redstuff.message;

import io.redstuff.SuiAddress;
import io.redstuff.internal.bcs.Unsigned;
import java.util.Objects;

/**
 * A node shows that it has the secret key of the public key it registers with, without which keys
 * could be made up against those of others. On the wire 87 bytes.
 *
 * @param epoch the epoch of the committee that the signer acts in, from 0 to 2^32 - 1
 * @param address who sends the registration
 * @param publicKey the key that is registered; 48 bytes, without a length
 * @since 0.1.0
 */
public record ProofOfPossession(long epoch, SuiAddress address, PublicKeyBytes publicKey)
    implements ProtocolMessage {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if a number does not fit 32 bits
   */
  public ProofOfPossession {
    Unsigned.check32("epoch", epoch);
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(publicKey, "publicKey");
  }

  @Override
  public IntentType type() {
    return IntentType.PROOF_OF_POSSESSION;
  }
}
