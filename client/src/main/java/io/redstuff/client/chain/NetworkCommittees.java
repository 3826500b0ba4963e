package io.redstuff.client.chain;

import java.util.Objects;
import java.util.Optional;

/**
 * Who keeps slivers at one time.
 *
 * @param current the nodes of the current epoch
 * @param handingOver the nodes of the epoch before, while shards are on their way from them: what
 *     the others have not got yet, those still give out. Nothing if the shards have arrived, or
 *     nobody can tell
 * @since 0.1.0
 */
public record NetworkCommittees(NetworkCommittee current, Optional<NetworkCommittee> handingOver) {
  /**
   * Puts them together.
   *
   * @throws NullPointerException if something is null
   */
  public NetworkCommittees {
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(handingOver, "handingOver");
  }

  /**
   * Returns a committee that has all its shards, as far as is known.
   *
   * @param current the nodes
   * @return them alone
   */
  public static NetworkCommittees of(NetworkCommittee current) {
    return new NetworkCommittees(current, Optional.empty());
  }
}
