package io.redstuff.audit;

import java.util.Objects;

/**
 * What makes the challenges of an audit unpredictable. On the wire: u64 earliest round, the beacon,
 * the 32 bytes of the nonce.
 *
 * @param earliestRound the first round of the beacon that was not known yet when the list of blobs
 *     was committed to, at least 1; 0 without a beacon. That the list is no younger has to be known
 *     from elsewhere, such as the chain
 * @param beacon the value of a public beacon, or none; not older than the list
 * @param nonce what the auditor drew, or zeros if the beacon is to be the only randomness
 * @since 0.1.0
 */
public record AuditRandomness(long earliestRound, Beacon beacon, AuditHash nonce) {
  /**
   * Checks that the list of blobs could not be chosen by the value of the beacon.
   *
   * @throws IllegalArgumentException if the beacon's round is before the earliest one, or an
   *     earliest round is given without a beacon or none with one
   */
  public AuditRandomness {
    Objects.requireNonNull(nonce, "nonce");
    long round = beacon.roundOrZero();
    if (earliestRound > round) {
      throw new IllegalArgumentException(
          "beacon round: got " + round + ", expected at least " + earliestRound);
    }
    long least = Math.min(round, 1);
    if (earliestRound < least) {
      throw new IllegalArgumentException(
          "earliest beacon round: got %s, expected %s to %s"
              .formatted(earliestRound, least, round));
    }
  }

  /**
   * Returns randomness that the auditor drew by himself.
   *
   * @param nonce what he drew
   * @return the nonce and no beacon
   */
  public static AuditRandomness ofNonce(AuditHash nonce) {
    return new AuditRandomness(0, new Beacon.None(), nonce);
  }
}
