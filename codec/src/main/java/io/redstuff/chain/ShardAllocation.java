package io.redstuff.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How many shards each node gets for its stake: the method of d'Hondt, with a limit for each node.
 *
 * @since 0.1.0
 */
public final class ShardAllocation {
  /** With so many nodes or more, one may have a tenth of the shards. */
  private static final int NODES_FOR_LIMIT = 20;

  private static final int LIMIT_DIVISOR = 10;
  private static final int MOST_SHARDS = 0xffff;

  private ShardAllocation() {}

  /**
   * Returns the most shards that one node may have.
   *
   * @param nodes how many nodes there are, at least 1
   * @param shards how many shards there are
   * @return a tenth of the shards, rounded down; with fewer than 20 nodes twice the even share,
   *     rounded up
   * @throws IllegalArgumentException if there are no nodes, or not 0 to 65535 shards
   */
  public static int limit(int nodes, int shards) {
    if (nodes < 1) {
      throw new IllegalArgumentException("nodes: got " + nodes + ", expected at least 1");
    }
    if (shards < 0 || shards > MOST_SHARDS) {
      throw new IllegalArgumentException(
          "shards: got " + shards + ", expected 0 to " + MOST_SHARDS);
    }
    return nodes >= NODES_FOR_LIMIT
        ? shards / LIMIT_DIVISOR
        : Math.ceilDiv(shards * NODES_FOR_LIMIT, nodes * LIMIT_DIVISOR);
  }

  /**
   * Shares out the shards.
   *
   * @param shards how many shards there are
   * @param stakes the stakes of the nodes, in the order of the active set: of two that are equally
   *     entitled the earlier one gets the shard
   * @return how many shards each gets, in the same order; may be 0, and then it is not of the
   *     committee
   * @throws IllegalArgumentException if a stake is negative, all are 0, there are not 0 to 65535
   *     shards, or more than the limits of all nodes together
   * @throws AmountOverflowException if all stakes together do not fit 63 bits
   */
  public static List<Integer> byStake(int shards, List<Frost> stakes) {
    int limit = limit(stakes.size(), shards);
    Frost total = Frost.ZERO;
    for (Frost stake : stakes) {
      total = total.plus(stake);
    }
    if (total.equals(Frost.ZERO)) {
      throw new IllegalArgumentException("stakes: got 0 in all, expected more");
    }
    if ((long) limit * stakes.size() < shards) {
      throw new IllegalArgumentException(
          "shards: got %s, expected at most %s for each of %s nodes"
              .formatted(shards, limit, stakes.size()));
    }
    // So much stake is sure of a shard, so this is never too many.
    long enough = total.value() / (shards + 1) + 1;
    int[] counts = new int[stakes.size()];
    int left = shards;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) Math.min(stakes.get(i).value() / enough, limit);
      left -= counts[i];
    }
    giveOneByOne(left, limit, stakes, counts);
    List<Integer> result = new ArrayList<>();
    for (int count : counts) {
      result.add(count);
    }
    return result;
  }

  private static void giveOneByOne(int left, int limit, List<Frost> stakes, int[] counts) {
    Comparator<Integer> byClaim = (a, b) -> compareClaims(stakes, counts, a, b);
    PriorityQueue<Integer> nodes =
        new PriorityQueue<>(byClaim.reversed().thenComparing(Comparator.naturalOrder()));
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < limit) {
        nodes.add(i);
      }
    }
    for (int given = 0; given < left; given++) {
      int node = nodes.remove();
      counts[node]++;
      if (counts[node] < limit) {
        nodes.add(node);
      }
    }
  }

  /** Compares stake / (shards + 1) exactly: the whole parts, then what is left of each. */
  private static int compareClaims(List<Frost> stakes, int[] counts, int a, int b) {
    long divisorA = counts[a] + 1L;
    long divisorB = counts[b] + 1L;
    long stakeA = stakes.get(a).value();
    long stakeB = stakes.get(b).value();
    int byWhole = Long.compare(stakeA / divisorA, stakeB / divisorB);
    return byWhole != 0
        ? byWhole
        : Long.compare(stakeA % divisorA * divisorB, stakeB % divisorB * divisorA);
  }
}
