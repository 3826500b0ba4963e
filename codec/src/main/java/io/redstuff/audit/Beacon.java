package io.redstuff.audit;

import java.util.Objects;

/**
 * Where the randomness of an audit comes from beside the auditor's nonce. Data only: whether a
 * value is the one that its beacon gave is for those to check who have a library for signatures.
 *
 * <p>On the wire: variant 0 for none; variant 1, then 32 bytes, u64, 48 bytes.
 *
 * @since 0.1.0
 */
public sealed interface Beacon permits Beacon.None, Beacon.Drand {

  /**
   * No beacon: the nonce is all the randomness there is. Such an audit convinces only him who drew
   * the nonce, after the blobs were agreed upon, and told nobody before.
   */
  record None() implements Beacon {}

  /**
   * A round of drand, which nobody knows before it is published and everybody does afterwards.
   *
   * @param chainHash which chain
   * @param round the number of the round, at least 1
   * @param signature the value of the round
   */
  record Drand(AuditHash chainHash, long round, DrandSignature signature) implements Beacon {
    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException if the round is below 1
     */
    public Drand {
      Objects.requireNonNull(chainHash, "chainHash");
      Objects.requireNonNull(signature, "signature");
      if (round < 1) {
        throw new IllegalArgumentException("beacon round: got " + round + ", expected at least 1");
      }
    }
  }

  /** {@return the number of the round, which counts up as time goes by; 0 if there is no beacon} */
  default long roundOrZero() {
    return switch (this) {
      case None() -> 0;
      case Drand(_, long round, _) -> round;
    };
  }
}
