package io.redstuff.audit;

import io.redstuff.EncodingParameters;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;

/**
 * How many challenges it takes to find out that a fraction of the slivers is missing, and what that
 * costs. Immutable.
 *
 * <p>Without misses a node that cannot give a fraction p of its slivers passes c challenges with
 * probability (1 - p(1-q))^c, where q is what {@link AuditAxes#chanceWithoutSliver} says; that must
 * not be above 2^-{@link #confidenceBits()}. With misses tolerated it is the tail of the binomial
 * distribution, or more in sequential mode.
 *
 * @since 0.1.0
 */
public final class AuditPlan {
  /** The bytes of a Merkle node, with its variant. */
  private static final int NODE_BYTES = 33;

  /** What an answer has beside its symbol and path: numbers, lengths, the axis. */
  private static final int ANSWER_FIELDS = 18;

  /** What an opening has beside its path: two hashes of slivers, numbers, lengths, the type. */
  private static final int OPENING_FIELDS = 80;

  private final AuditMode mode;
  private final double missing;
  private final double chanceWithoutSliver;
  private final double confidenceBits;
  private final long misses;
  private final long challenges;

  private AuditPlan(
      AuditMode mode,
      double missing,
      double chanceWithoutSliver,
      double confidenceBits,
      long misses) {
    checkMissing(missing);
    MissingFraction.checkConfidence(confidenceBits);
    MissingFraction.checkRange("misses", misses, 0, MissingFraction.MAX_CHALLENGES - 1);
    this.mode = Objects.requireNonNull(mode, "mode");
    this.missing = missing;
    this.chanceWithoutSliver = chanceWithoutSliver;
    this.confidenceBits = confidenceBits;
    this.misses = misses;
    this.challenges = leastChallenges();
  }

  /**
   * Plans an audit that asks for single symbols.
   *
   * @param parameters the number of shards
   * @param axes which slivers symbols are asked of
   * @param missing the fraction of slivers that must not go unnoticed, above 0 and up to 1
   * @param confidenceBits the risk that it does all the same, 2^-{@code confidenceBits}, at least 1
   * @return the plan, without misses
   * @throws IllegalArgumentException if a number is out of its range, or the challenges were more
   *     than {@link MissingFraction#MAX_CHALLENGES}
   */
  public static AuditPlan forSymbols(
      EncodingParameters parameters, AuditAxes axes, double missing, double confidenceBits) {
    return new AuditPlan(
        AuditMode.PARALLEL, missing, axes.chanceWithoutSliver(parameters), confidenceBits, 0);
  }

  /**
   * Plans an audit that asks for whole slivers, each drawn from all of them: none that is missing
   * can be given.
   *
   * @param missing the fraction of slivers that must not go unnoticed, above 0 and up to 1
   * @param confidenceBits the risk that it does all the same, 2^-{@code confidenceBits}, at least 1
   * @return the plan, without misses
   * @throws IllegalArgumentException if a number is out of its range, or the challenges were more
   *     than {@link MissingFraction#MAX_CHALLENGES}
   */
  public static AuditPlan forSlivers(double missing, double confidenceBits) {
    return new AuditPlan(AuditMode.PARALLEL, missing, 0, confidenceBits, 0);
  }

  /**
   * Returns how many different whole slivers have to be asked for, none of them twice. That is at
   * most as many as {@link #forSlivers} says, and never more than there are.
   *
   * @param slivers how many there are in all
   * @param missing the fraction of them that must not go unnoticed, above 0 and up to 1; rounded up
   *     to whole slivers, with the fraction taken as it is written in decimals
   * @param confidenceBits the risk that it does all the same, 2^-{@code confidenceBits}, at least 1
   * @return the least number c for which C(N-D, c) / C(N, c) is at most 2^-{@code confidenceBits},
   *     where N is {@code slivers} and D those that are missing
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static long distinctSlivers(long slivers, double missing, double confidenceBits) {
    MissingFraction.checkRange("slivers", slivers, 1, MissingFraction.MAX_CHALLENGES);
    checkMissing(missing);
    MissingFraction.checkConfidence(confidenceBits);
    long gone =
        BigDecimal.valueOf(missing)
            .multiply(BigDecimal.valueOf(slivers))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
    long few = 0;
    // One more than are left finds a missing one for sure.
    long enough = slivers - gone + 1;
    while (enough - few > 1) {
      long middle = (few + enough) >>> 1;
      if (isFound(slivers, gone, middle, confidenceBits)) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return enough;
  }

  /**
   * Returns whether ln(C(N-D, c) / C(N, c)), which is the same with c and D in each other's place,
   * is risked with so many bits. Every factor is below 1, so the first few often decide.
   */
  private static boolean isFound(long slivers, long gone, long asked, double bits) {
    long rest = slivers - Math.max(gone, asked);
    double log = 0;
    for (long i = 0; i < Math.min(gone, asked) && !MissingFraction.isRisked(log, bits); i++) {
      log += Math.log((double) (rest - i) / (slivers - i));
    }
    return MissingFraction.isRisked(log, bits);
  }

  /**
   * Returns the plan for an audit that is passed with some challenges unanswered.
   *
   * @param tolerated how many of them, at most, whatever the reason
   * @return a plan for the same fraction and confidence, with more challenges
   * @throws IllegalArgumentException if the number is negative, or the challenges were more than
   *     {@link MissingFraction#MAX_CHALLENGES}
   */
  public AuditPlan withMisses(long tolerated) {
    return new AuditPlan(mode, missing, chanceWithoutSliver, confidenceBits, tolerated);
  }

  /**
   * Returns the plan for an audit in another mode, which makes a difference if misses are
   * tolerated: see {@link MissingFraction#upperBound(AuditMode, long, long, double, double)}.
   *
   * @param other the mode
   * @return a plan for the same fraction, confidence and misses
   * @throws IllegalArgumentException if the challenges were more than {@link
   *     MissingFraction#MAX_CHALLENGES}
   */
  public AuditPlan inMode(AuditMode other) {
    return new AuditPlan(other, missing, chanceWithoutSliver, confidenceBits, misses);
  }

  private static void checkMissing(double missing) {
    if (!(missing > 0 && missing <= 1)) {
      throw new IllegalArgumentException(
          "missing: got %s, expected a fraction above 0 and up to 1".formatted(missing));
    }
  }

  private long leastChallenges() {
    long few = misses;
    long enough = misses + 1;
    while (!suffices(enough)) {
      if (enough >= MissingFraction.MAX_CHALLENGES) {
        throw new IllegalArgumentException(
            "missing: got %s, which takes more than %s challenges"
                .formatted(missing, MissingFraction.MAX_CHALLENGES));
      }
      few = enough;
      enough = Math.min(2 * enough, MissingFraction.MAX_CHALLENGES);
    }
    while (enough - few > 1) {
      long middle = (few + enough) >>> 1;
      if (suffices(middle)) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return enough;
  }

  private boolean suffices(long challenges) {
    return MissingFraction.isRisked(
        MissingFraction.logPass(mode, challenges, misses, missing * (1 - chanceWithoutSliver)),
        confidenceBits);
  }

  /**
   * Returns the mode.
   *
   * @return whether all challenges are known at once
   */
  public AuditMode mode() {
    return mode;
  }

  /**
   * Returns what was asked for.
   *
   * @return the fraction of slivers that must not go unnoticed
   */
  public double missing() {
    return missing;
  }

  /**
   * Returns what a node can do without a sliver.
   *
   * @return the probability q with which it answers a challenge on a missing sliver
   */
  public double chanceWithoutSliver() {
    return chanceWithoutSliver;
  }

  /**
   * Returns the risk.
   *
   * @return k, where 2^-k is the greatest probability with which the fraction goes unnoticed
   */
  public double confidenceBits() {
    return confidenceBits;
  }

  /**
   * Returns how many misses are tolerated.
   *
   * @return the most challenges that may go unanswered
   */
  public long misses() {
    return misses;
  }

  /**
   * Returns the result.
   *
   * @return the least number of challenges that does
   */
  public long challenges() {
    return challenges;
  }

  /**
   * Returns with which probability a node passes, at most, that cannot give some of its slivers.
   *
   * @param gone which fraction of them, from 0 to 1
   * @return the probability of no more misses than are tolerated
   * @throws IllegalArgumentException if the fraction is out of its range
   */
  public double chanceToPass(double gone) {
    return MissingFraction.chanceToPass(mode, challenges, misses, chanceWithoutSliver, gone);
  }

  /**
   * Estimates the length of the transcript of an audit that asks for single symbols.
   *
   * @param parameters the number n of shards
   * @param symbolSize the length of a symbol, in bytes
   * @param pairs how many different sliver pairs are audited: as many openings it takes, at most
   * @return bytes: for each answer a symbol, its Merkle path and some 18, for each opening a path
   *     and some 80; without the statement, which names the blobs
   * @throws IllegalArgumentException if the symbol size is none, or there is no pair
   * @throws ArithmeticException if there are more bytes than a {@code long} counts
   */
  public long estimatedBytes(EncodingParameters parameters, int symbolSize, long pairs) {
    EncodingParameters.checkSymbolSize(symbolSize);
    MissingFraction.checkRange("pairs", pairs, 1, Long.MAX_VALUE);
    long path =
        (long) NODE_BYTES * (Integer.SIZE - Integer.numberOfLeadingZeros(parameters.shards() - 1));
    long answers = Math.multiplyExact(challenges, symbolSize + path + ANSWER_FIELDS);
    long openings = Math.multiplyExact(Math.min(challenges, pairs), path + OPENING_FIELDS);
    return Math.addExact(answers, openings);
  }

  /**
   * Estimates how long answering takes, or checking.
   *
   * @param challengesPerSecond how many challenges are worked on in a second, as measured
   * @return the time for all of them
   * @throws IllegalArgumentException if the rate is not positive, or so small that it is none
   */
  public Duration estimatedTime(double challengesPerSecond) {
    double seconds = challenges / challengesPerSecond;
    if (!(seconds >= 0 && seconds <= Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "challenges per second: got %s, expected a rate by which %s take %s seconds at most"
              .formatted(challengesPerSecond, challenges, Integer.MAX_VALUE));
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /** {@return what the plan says, in words} */
  @Override
  public String toString() {
    return "%s challenges with %s misses at most for %s missing at 2^-%s"
        .formatted(challenges, misses, missing, confidenceBits);
  }
}
