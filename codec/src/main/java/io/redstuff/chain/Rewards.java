package io.redstuff.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How the rewards of an epoch are shared out among its nodes. What is burnt of them before, and
 * what a node's stakers and its commission are of a share, is not computed here.
 *
 * @param shares the shares of the nodes, in the order in which they were given
 * @param rest what rounding leaves, which goes to the next epoch
 * @since 0.1.0
 */
public record Rewards(List<Frost> shares, Frost rest) {

  /**
   * What a node gets a share for.
   *
   * @param weight how many shards it had
   * @param denyListSize the encoded length of all blobs on its deny list, in bytes
   */
  public record Node(int weight, long denyListSize) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Node {
      if (weight < 0 || denyListSize < 0) {
        throw new IllegalArgumentException(
            "node: got weight %s and deny list of %s bytes, expected at least 0"
                .formatted(weight, denyListSize));
      }
    }
  }

  /**
   * Holds what was shared out.
   *
   * @throws NullPointerException if something is null
   */
  public Rewards {
    shares = List.copyOf(shares);
    Objects.requireNonNull(rest, "rest");
  }

  /**
   * Shares out by weight times what the node stored: the used capacity but for its deny list.
   *
   * @param rewards what there is
   * @param usedCapacity the encoded length of all blobs of the epoch, in bytes
   * @param nodes all nodes of the committee
   * @return the shares, each rounded down; all zero if nothing was stored
   * @throws IllegalArgumentException if {@code usedCapacity} is negative
   */
  public static Rewards share(Frost rewards, long usedCapacity, List<Node> nodes) {
    if (usedCapacity < 0) {
      throw new IllegalArgumentException(
          "used capacity: got " + usedCapacity + ", expected at least 0");
    }
    List<BigInteger> stored = new ArrayList<>();
    BigInteger total = BigInteger.ZERO;
    for (Node node : nodes) {
      // The contract caps a list that is longer than all that is stored.
      long kept = usedCapacity - Math.min(node.denyListSize(), usedCapacity);
      BigInteger weighted = BigInteger.valueOf(node.weight()).multiply(BigInteger.valueOf(kept));
      stored.add(weighted);
      total = total.add(weighted);
    }
    BigInteger all = BigInteger.valueOf(rewards.value());
    BigInteger divisor = total.max(BigInteger.ONE);
    List<Frost> shares = new ArrayList<>();
    long rest = rewards.value();
    for (BigInteger weighted : stored) {
      long share = all.multiply(weighted).divide(divisor).longValueExact();
      rest -= share;
      shares.add(new Frost(share));
    }
    return new Rewards(shares, new Frost(rest));
  }
}
