package io.redstuff.certify;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.PublicKey;
import java.util.Objects;

/**
 * A storage node in a committee.
 *
 * @param nodeId the node's object on the chain
 * @param key its public key; the chain admits none without a proof of possession
 * @param weight how many shards it has, from 1 to 65535
 * @since 0.1.0
 */
public record CommitteeMember(ObjectId nodeId, PublicKey key, int weight) {
  private static final int MOST = 0xffff;

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if the weight is none that a member can have
   */
  public CommitteeMember {
    Objects.requireNonNull(nodeId, "nodeId");
    Objects.requireNonNull(key, "key");
    if (weight < 1 || weight > MOST) {
      throw new IllegalArgumentException(
          "weight of %s: got %s, expected 1 to %s".formatted(nodeId, weight, MOST));
    }
  }
}
