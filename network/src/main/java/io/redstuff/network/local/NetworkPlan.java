package io.redstuff.network.local;

import io.redstuff.EncodingParameters;
import io.redstuff.network.ledger.object.SystemParameters;
import java.util.Objects;

/**
 * What a network is founded with.
 *
 * @param nodes how many nodes, from 1 to {@value #MOST_NODES}; all with the same stake
 * @param shards how many shards they share, at least as many
 * @param parameters the parameters of its ledger; with an epoch duration of 0 an epoch ends when
 *     somebody says so
 * @since 0.1.0
 */
public record NetworkPlan(int nodes, int shards, SystemParameters parameters) {
  /** The most nodes; as many as Mainnet's committee has at most. */
  public static final int MOST_NODES = 150;

  /** Ten nodes and a hundred shards; epochs end when somebody says so. */
  public static final NetworkPlan DEFAULT =
      new NetworkPlan(
          10,
          100,
          new SystemParameters(
              0, SystemParameters.MAINNET.maxEpochsAhead(), SystemParameters.MAINNET.burnRate()));

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are too few or too many nodes, or too few shards
   */
  public NetworkPlan {
    EncodingParameters.forShards(shards);
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new IllegalArgumentException("nodes: got " + nodes + ", expected 1 to " + MOST_NODES);
    }
    if (shards < nodes) {
      throw new IllegalArgumentException(
          "shards: got " + shards + ", expected one for each of " + nodes + " nodes at least");
    }
    Objects.requireNonNull(parameters, "parameters");
  }

  /**
   * Returns the same of another size.
   *
   * @param nodeCount how many nodes
   * @param shardCount how many shards
   * @return the plan
   * @throws IllegalArgumentException if there are too few or too many nodes, or too few shards
   */
  public NetworkPlan ofSize(int nodeCount, int shardCount) {
    return new NetworkPlan(nodeCount, shardCount, parameters);
  }
}
