package io.redstuff.chain;

import io.redstuff.message.Quorum;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The price that a node votes for. Each node has one vote for storage and one for writing, which
 * count as much as its shards.
 *
 * @param price the price, for a unit (and an epoch)
 * @param weight how many shards the node has
 * @since 0.1.0
 */
public record PriceVote(Frost price, int weight) {
  /**
   * Checks the vote.
   *
   * @throws IllegalArgumentException if the weight is negative
   */
  public PriceVote {
    Objects.requireNonNull(price, "price");
    if (weight < 0) {
      throw new IllegalArgumentException("weight: got " + weight + ", expected at least 0");
    }
  }

  /**
   * Returns the price that follows from all votes: the lowest with which nodes of two thirds of the
   * shards are content. As the contract counts, nodes are dropped from the highest vote down until
   * the others are no longer enough ({@link Quorum#TWO_THIRDS}); the vote that was dropped last is
   * the price. Which of equal votes is dropped first makes no difference.
   *
   * @param votes the votes of all nodes
   * @return the price
   * @throws IllegalArgumentException if there are no votes
   * @throws ArithmeticException if there are more shards than an {@code int} counts
   */
  public static Frost decide(List<PriceVote> votes) {
    int shards = 0;
    for (PriceVote vote : votes) {
      shards = Math.addExact(shards, vote.weight());
    }
    int left = shards;
    for (PriceVote vote :
        votes.stream().sorted(Comparator.comparing(PriceVote::price).reversed()).toList()) {
      left -= vote.weight();
      if (!Quorum.TWO_THIRDS.isReached(left, shards)) {
        return vote.price();
      }
    }
    throw new IllegalArgumentException("votes: got none, expected at least one");
  }
}
