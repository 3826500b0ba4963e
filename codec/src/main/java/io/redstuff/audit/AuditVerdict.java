package io.redstuff.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a transcript shows: how many challenges were answered, and how much can be missing all the
 * same. Never that all is well: an audit asks for some symbols and can only bound the rest. Each
 * answer of the transcript was proven; only {@link AuditVerifier} makes one.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class AuditVerdict {
  private final AuditStatement statement;
  private final List<AuditChallenge> missed;

  AuditVerdict(AuditStatement statement, List<AuditChallenge> missed) {
    this.statement = statement;
    this.missed = List.copyOf(missed);
  }

  /** {@return what was audited} */
  public AuditStatement statement() {
    return statement;
  }

  /** {@return how many slivers the node ought to have of what was audited} */
  public long slivers() {
    return statement.slivers();
  }

  /** {@return how many challenges there were} */
  public int challenges() {
    return statement.challenges();
  }

  /** {@return how many of them were answered, each with a proof} */
  public int answers() {
    return challenges() - missed.size();
  }

  /** {@return the challenges without an answer, in order: they name the slivers that it lacks} */
  public List<AuditChallenge> missed() {
    return missed;
  }

  /**
   * Returns how much of what was audited can be missing.
   *
   * @param confidenceBits what is risked: that more is missing and so many answers came all the
   *     same has a probability below 2^-{@code confidenceBits}; at least 1
   * @return the largest fraction of the slivers that may not be there, from 0 to 1; 1 if nothing
   *     can be said
   * @throws IllegalArgumentException if the confidence is out of its range
   */
  public double largestMissing(double confidenceBits) {
    double chance = statement.axes().chanceWithoutSliver(statement.parameters());
    return MissingFraction.upperBound(
        statement.mode(), challenges(), missed.size(), chance, confidenceBits);
  }

  /**
   * Returns what has to be true beside the transcript for the bound to hold.
   *
   * @return sentences for people
   */
  public List<String> assumptions() {
    List<String> assumptions = new ArrayList<>();
    AuditRandomness randomness = statement.randomness();
    assumptions.add(
        switch (randomness.beacon()) {
          case Beacon.None _ ->
              "The nonce was drawn at random after the list of blobs was settled, and the node did"
                  + " not know it before.";
          case Beacon.Drand drand ->
              "The value of drand's round %s is the true one, and list and statement were settled"
                      .formatted(drand.round())
                  + " before round "
                  + randomness.earliestRound()
                  + " was published.";
        });
    assumptions.add(
        "The list is that of the blobs which the node has to keep, and the shards are its own.");
    assumptions.add(
        "BLAKE2b-256 is collision resistant, and its outputs cannot be told from random.");
    assumptions.add(
        "It shows that the symbols could be had when the answers were made, not who keeps them:"
            + " others may have helped, or the node fetched them on demand, unless answers had to"
            + " come by a deadline that leaves no time for that.");
    if (statement.mode() == AuditMode.PARALLEL) {
      assumptions.add("All challenges were known at once: all symbols could be fetched together.");
    }
    return assumptions;
  }

  /** {@return the numbers, as in {@code "401 of 402 challenges answered, ..."}} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d challenges answered, on %d slivers",
        answers(),
        challenges(),
        slivers());
  }
}
