package io.redstuff.certify;

import io.redstuff.audit.AuditHash;
import io.redstuff.audit.Beacon;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A chain of <a href="https://docs.drand.love">drand</a>, a beacon whose nodes sign the number of
 * each round together: nobody knows the signature before the round's time, anybody can verify it
 * afterwards, and there is only one. Of the scheme {@code bls-unchained-g1-rfc9380}: signatures of
 * 48 bytes, each for its round alone. Immutable.
 *
 * @since 0.1.0
 */
public final class DrandChain {
  private static final DrandChain QUICKNET =
      new DrandChain(
          "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
          "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3a"
              + "c6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5"
              + "a6e9c76a4bc09e76eae8991ef5ece45a",
          Instant.ofEpochSecond(1_692_803_367),
          Duration.ofSeconds(3));

  private final AuditHash hash;
  private final byte[] key;
  private final Instant genesis;
  private final Duration period;

  private DrandChain(String hash, String key, Instant genesis, Duration period) {
    this.hash = AuditHash.of(HexFormat.of().parseHex(hash));
    this.key = HexFormat.of().parseHex(key);
    this.genesis = genesis;
    this.period = period;
  }

  /**
   * {@return drand's chain {@code quicknet}, with a round every three seconds since August 2023}
   */
  public static DrandChain quicknet() {
    return QUICKNET;
  }

  /** {@return what the chain is known by: a digest of its key, period, beginning and name} */
  public AuditHash hash() {
    return hash;
  }

  /** {@return the key that all rounds are signed with: 96 bytes, a point of G2} */
  public byte[] publicKey() {
    return key.clone();
  }

  /** {@return the time of round 1} */
  public Instant genesis() {
    return genesis;
  }

  /** {@return the time from one round to the next} */
  public Duration period() {
    return period;
  }

  /**
   * Returns when a round is published, by the clocks of the beacon's nodes. Its value is known to
   * nobody before, as long as not too many of them work together.
   *
   * @param round the number of the round, at least 1
   * @return the time
   * @throws IllegalArgumentException if there is no such round, or its time is beyond all calendars
   */
  public Instant timeOf(long round) {
    long last = roundAt(Instant.MAX);
    if (round < 1 || round > last) {
      throw new IllegalArgumentException(
          "beacon round: got %s, expected 1 to %s".formatted(round, last));
    }
    return genesis.plusSeconds((round - 1) * period.toSeconds());
  }

  /**
   * Returns the round that is the latest at a time.
   *
   * @param time the time
   * @return the last round that is published then; 0 before the first
   */
  public long roundAt(Instant time) {
    return time.isBefore(genesis)
        ? 0
        : Duration.between(genesis, time).toSeconds() / period.toSeconds() + 1;
  }

  /**
   * Returns the first round whose value nobody knew at a time: that of an audit's beacon must not
   * be less, if its blobs were agreed upon then.
   *
   * @param time the time
   * @return the first round that is published later
   */
  public long firstRoundAfter(Instant time) {
    return roundAt(time) + 1;
  }

  /**
   * Checks that a value is that of its round: returns if it is.
   *
   * @param beacon the round and its value
   * @param engine for the signature
   * @throws MalformedDataException if the value is not the canonical form of a point
   * @throws VerificationException {@link Reason#WRONG_BEACON} if it is one of another chain, {@link
   *     Reason#BAD_SIGNATURE} if it is not that of the round; another reason if it is no point of
   *     the group
   */
  public void verify(Beacon.Drand beacon, BlsEngine engine)
      throws MalformedDataException, VerificationException {
    if (!beacon.chainHash().equals(hash)) {
      throw new VerificationException(
          Reason.WRONG_BEACON,
          "beacon: got a value of the chain %s, expected %s".formatted(beacon.chainHash(), hash));
    }
    byte[] round = ByteBuffer.allocate(Long.BYTES).putLong(beacon.round()).array();
    engine.verifyShort(key, sha256(round), beacon.signature().toBytes());
  }

  /**
   * Returns the value of a round as drand's interfaces give it beside the signature.
   *
   * @param beacon the round and its value
   * @return SHA-256 of the signature
   */
  public static AuditHash randomness(Beacon.Drand beacon) {
    return AuditHash.of(sha256(beacon.signature().toBytes()));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  /** {@return the hash of the chain} */
  @Override
  public String toString() {
    return hash.toString();
  }
}
