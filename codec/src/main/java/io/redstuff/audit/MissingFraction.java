package io.redstuff.audit;

/**
 * How much of what a node should store may be missing, given how it answered.
 *
 * <p>A challenge asks for a symbol of a sliver, both drawn at random. A sliver of k symbols is
 * determined by any k of its n positions, so if it cannot be had from the node, the node answers at
 * most k-1 of them: with probability q = (k-1)/n. If a fraction p of the slivers cannot be had, a
 * challenge fails with probability p(1-q) or more, whatever the node kept of them, and the number
 * of failures follows the binomial distribution.
 *
 * @since 0.1.0
 */
public final class MissingFraction {
  /** The most challenges of an audit. Summing up for more of them would take too long. */
  public static final long MAX_CHALLENGES = 1L << 40;

  static final double LOG_2 = Math.log(2);

  private MissingFraction() {}

  /**
   * Returns the largest fraction that could be missing, for an audit in parallel mode: the largest
   * p for which so few failures, or fewer, have a probability of 2^-{@code confidenceBits} or more.
   * It is exact but for rounding (one part in 10^12), it grows with the misses and the confidence
   * and falls with the challenges.
   *
   * @param challenges how many independent challenges there were, 0 to {@link #MAX_CHALLENGES}
   * @param misses how many of them were not answered, or wrongly
   * @param chanceWithoutSliver the probability q with which a challenge on a missing sliver is
   *     answered, 0 for whole slivers; see {@link AuditAxes#chanceWithoutSliver}
   * @param confidenceBits what is risked: being wrong with a probability of 2^-{@code
   *     confidenceBits}; at least 1
   * @return a fraction from 0 to 1; 1 if nothing can be said
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static double upperBound(
      long challenges, long misses, double chanceWithoutSliver, double confidenceBits) {
    return upperBound(AuditMode.PARALLEL, challenges, misses, chanceWithoutSliver, confidenceBits);
  }

  /**
   * Returns the largest fraction that could be missing.
   *
   * <p>In sequential mode it depends on the answers, and so on what is left out, which challenges
   * come next. A node can look ahead and leave out what it could have answered, to be asked for
   * something else from there on. So if misses are there, what it could choose is counted: the
   * probability that one of all ways to miss as many challenges leads to the end. Without misses
   * there is nothing to choose, and both modes have the same bound.
   *
   * @param mode whether all challenges are known at once
   * @param challenges how many challenges there were, 0 to {@link #MAX_CHALLENGES}
   * @param misses how many of them were not answered, or wrongly
   * @param chanceWithoutSliver the probability q with which a challenge on a missing sliver is
   *     answered, 0 for whole slivers; see {@link AuditAxes#chanceWithoutSliver}
   * @param confidenceBits what is risked: being wrong with a probability of 2^-{@code
   *     confidenceBits}; at least 1
   * @return a fraction from 0 to 1; 1 if nothing can be said
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static double upperBound(
      AuditMode mode,
      long challenges,
      long misses,
      double chanceWithoutSliver,
      double confidenceBits) {
    check(challenges, misses, chanceWithoutSliver);
    checkConfidence(confidenceBits);
    double caught = 1 - chanceWithoutSliver;
    double risk = -confidenceBits * LOG_2;
    if (logPass(mode, challenges, misses, caught) >= risk) {
      return 1;
    }
    double possible = 0;
    double refuted = 1;
    while (true) {
      double middle = possible + (refuted - possible) / 2;
      if (middle == possible || middle == refuted) {
        return possible;
      }
      if (logPass(mode, challenges, misses, middle * caught) < risk) {
        refuted = middle;
      } else {
        possible = middle;
      }
    }
  }

  /**
   * Returns with which probability a node passes, at most, that cannot give some of its slivers.
   *
   * @param mode whether all challenges are known at once
   * @param challenges how many challenges there are, 0 to {@link #MAX_CHALLENGES}
   * @param misses how many of them may fail
   * @param chanceWithoutSliver the probability q with which a challenge on a missing sliver is
   *     answered, 0 for whole slivers; see {@link AuditAxes#chanceWithoutSliver}
   * @param missing which fraction of the slivers cannot be had, from 0 to 1
   * @return the probability of no more failures than may be
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static double chanceToPass(
      AuditMode mode, long challenges, long misses, double chanceWithoutSliver, double missing) {
    check(challenges, misses, chanceWithoutSliver);
    checkRange("missing", missing, 0, 1);
    return Math.exp(logPass(mode, challenges, misses, missing * (1 - chanceWithoutSliver)));
  }

  /**
   * Returns whether a probability is at most 2^-{@code bits}. A logarithm that was summed up is off
   * by some of its last bits, and where the two are the same, such as (3/4)(2/3) and 2^-1, it would
   * say no as often as yes; so one part in 10^12 of the bits is allowed for.
   */
  static boolean isRisked(double logProbability, double bits) {
    return logProbability <= -bits * LOG_2 * (1 - 1e-12);
  }

  /** Returns ln of the probability of so few misses, if challenges fail with some chance. */
  static double logPass(AuditMode mode, long challenges, long misses, double failure) {
    return switch (mode) {
      case PARALLEL -> BinomialTail.logAtMost(challenges, misses, failure);
      case SEQUENTIAL -> BinomialTail.logAtMostChosen(challenges, misses, failure);
    };
  }

  private static void check(long challenges, long misses, double chanceWithoutSliver) {
    checkRange("challenges", challenges, 0, MAX_CHALLENGES);
    checkRange("misses", misses, 0, challenges);
    checkRange("chance without sliver", chanceWithoutSliver, 0, 1);
  }

  static void checkConfidence(double bits) {
    checkRange("confidence bits", bits, 1, Double.MAX_VALUE);
  }

  static void checkRange(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s: got %s, expected %s to %s".formatted(what, value, least, most));
    }
  }

  static void checkRange(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: got %s, expected %s to %s".formatted(what, value, least, most));
    }
  }
}
