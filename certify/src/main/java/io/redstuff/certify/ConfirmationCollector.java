package io.redstuff.certify;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.Signature;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.Certificate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.Quorum;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Makes a certificate of what single members of a committee have signed, in whatever order it
 * comes.
 *
 * <p>Signatures are not verified as they come: that would cost a pairing equation each. When the
 * signers have enough shards, the sum is verified, at the price of one. Only if it is bad, its
 * parts are, by halves, and those that are bad are left out and named. So a liar costs time, and
 * nothing else. Not thread-safe.
 *
 * @param <M> the kind of message
 * @since 0.1.0
 */
public final class ConfirmationCollector<M extends ProtocolMessage> {
  private final Committee committee;
  private final BlsEngine engine;
  private final M expected;
  private final byte[] expectedBytes;
  private final int needed;

  /** By position in the committee; known to be good, alone or as parts of a good sum. */
  private final Map<Integer, Signature> good = new TreeMap<>();

  /** By position; not verified yet. */
  private final Map<Integer, Signature> pending = new TreeMap<>();

  private final List<Rejected> rejected = new ArrayList<>();

  /**
   * A signature that was left out.
   *
   * @param member whose it was said to be
   * @param reason what was wrong
   */
  public record Rejected(CommitteeMember member, VerificationException reason) {}

  private ConfirmationCollector(Committee committee, BlsEngine engine, M expected, Quorum quorum) {
    this.committee = Objects.requireNonNull(committee, "committee");
    this.engine = Objects.requireNonNull(engine, "engine");
    this.expected = Objects.requireNonNull(expected, "expected");
    this.expectedBytes = expected.toBcs();
    this.needed = quorum.threshold(committee.shards());
  }

  /**
   * Collects confirmations of a blob until two thirds of the shards have confirmed it.
   *
   * @param committee whose members may sign
   * @param engine computes
   * @param expected what they are to sign
   * @return a collector without any confirmation
   * @throws VerificationException if the message is not of the committee's epoch
   */
  public static ConfirmationCollector<BlobConfirmation> of(
      Committee committee, BlsEngine engine, BlobConfirmation expected)
      throws VerificationException {
    SignedMessages.checkEpoch(expected.epoch(), committee.epoch());
    return new ConfirmationCollector<>(committee, engine, expected, Quorum.TWO_THIRDS);
  }

  /**
   * Collects what nodes say of an inconsistent blob until one of them must be honest.
   *
   * @param committee whose members may sign
   * @param engine computes
   * @param proven the blob, with the proof
   * @return a collector without any signature
   */
  public static ConfirmationCollector<InvalidBlobId> of(
      Committee committee, BlsEngine engine, ProvenInconsistency proven) {
    InvalidBlobId message = new InvalidBlobId(committee.epoch(), proven.blobId());
    return new ConfirmationCollector<>(committee, engine, message, Quorum.ONE_CORRECT);
  }

  /**
   * Takes what a member has signed.
   *
   * @param key the member's public key
   * @param signed the message with its signature
   * @return whether it was of use: false if there are enough shards already
   * @throws RedStuffException if the key is not a member's, the message another one, the signature
   *     no point, or the member has signed before
   */
  public boolean add(PublicKey key, SignedMessage<? extends ProtocolMessage> signed)
      throws RedStuffException {
    int member =
        committee
            .position(key)
            .orElseThrow(
                () ->
                    new VerificationException(
                        Reason.UNKNOWN_SIGNER, "signer: got key " + key + " of no member"));
    Messages.checkSame(signed.message(), expected);
    Signature signature = engine.signature(signed.signature().toBytes());
    if (good.containsKey(member)) {
      throw duplicate(member);
    }
    if (pending.containsKey(member)) {
      // Whichever is the member's own stays; a stranger must not be able to take its place.
      settle(List.of(member));
      if (good.containsKey(member)) {
        throw duplicate(member);
      }
    }
    if (weight() >= needed) {
      return false;
    }
    pending.put(member, signature);
    if (weight() >= needed) {
      settle(List.copyOf(pending.keySet()));
    }
    return true;
  }

  private VerificationException duplicate(int member) {
    return new VerificationException(
        Reason.DUPLICATE,
        "signer: got node %s twice".formatted(committee.members().get(member).nodeId()));
  }

  /** Verifies the sum of pending signatures, and if that is bad of its halves. */
  private void settle(List<Integer> members) {
    try {
      engine.verify(
          committee.aggregateKey(members, engine),
          expectedBytes,
          engine.aggregate(members.stream().map(pending::get).toList()));
      members.forEach(member -> good.put(member, pending.remove(member)));
    } catch (VerificationException e) {
      if (members.size() == 1) {
        int member = members.getFirst();
        pending.remove(member);
        rejected.add(new Rejected(committee.members().get(member), e));
        return;
      }
      int half = members.size() / 2;
      settle(members.subList(0, half));
      settle(members.subList(half, members.size()));
    }
  }

  /** {@return how many shards the signers have, of those that were not found to be bad} */
  public int weight() {
    return weight(good) + weight(pending);
  }

  private int weight(Map<Integer, Signature> signatures) {
    return signatures.keySet().stream().mapToInt(i -> committee.members().get(i).weight()).sum();
  }

  /** {@return how many shards are needed} */
  public int needed() {
    return needed;
  }

  /** {@return whether there are enough good signatures for a certificate} */
  public boolean isComplete() {
    return weight(good) >= needed;
  }

  /** {@return the signatures that were left out so far, and why} */
  public List<Rejected> rejected() {
    return List.copyOf(rejected);
  }

  /**
   * Returns the certificate.
   *
   * @return the message, the signers by ascending position, and the sum of their signatures
   * @throws InsufficientDataException if the signers do not have enough shards
   * @throws VerificationException if the signatures cancel each other, which nobody can achieve
   *     without being more than one node
   */
  public Certificate<M> certificate() throws InsufficientDataException, VerificationException {
    if (!isComplete()) {
      throw new InsufficientDataException("shards whose nodes signed", needed, weight());
    }
    byte[] sum = engine.aggregate(good.values()).toBytes();
    return new Certificate<>(List.copyOf(good.keySet()), expected, SignatureBytes.of(sum));
  }
}
