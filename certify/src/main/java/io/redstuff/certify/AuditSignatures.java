package io.redstuff.certify;

import io.redstuff.ShardIndex;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.SignatureBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks that transcripts of audits were signed by the node that they are of. What is in them, an
 * {@link io.redstuff.audit.AuditVerifier} checks. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class AuditSignatures {
  private final Committee committee;
  private final BlsEngine engine;

  /**
   * Checks for a committee.
   *
   * @param committee who has which shards; from the chain, by a way that is trusted
   * @param engine computes
   */
  public AuditSignatures(Committee committee, BlsEngine engine) {
    this.committee = Objects.requireNonNull(committee, "committee");
    this.engine = Objects.requireNonNull(engine, "engine");
  }

  /**
   * Checks a transcript: returns the node if it has signed it.
   *
   * @param transcript the transcript
   * @return the member of the committee that was audited
   * @throws RedStuffException if it is of another epoch or number of shards ({@link
   *     Reason#WRONG_EPOCH}, {@link Reason#WRONG_SHARD_COUNT}), the node is no member or does not
   *     have the shards ({@link Reason#UNKNOWN_SIGNER}, {@link Reason#WRONG_COMMITTEE}; the latter
   *     only where the committee lists them), or the signature is missing, no point or not the
   *     node's
   */
  public CommitteeMember verify(AuditTranscript transcript) throws RedStuffException {
    AuditStatement statement = transcript.statement();
    SignedMessages.checkEpoch(statement.epoch(), committee.epoch());
    if (statement.parameters().shards() != committee.shards()) {
      throw new VerificationException(
          Reason.WRONG_SHARD_COUNT,
          "shards: got %s, expected %s"
              .formatted(statement.parameters().shards(), committee.shards()));
    }
    CommitteeMember member = member(statement);
    SignatureBytes signature =
        transcript
            .signature()
            .orElseThrow(
                () ->
                    new VerificationException(
                        Reason.BAD_SIGNATURE, "signature: got none, expected that of the node"));
    engine.verify(member.key(), transcript.signedBytes(), engine.signature(signature.toBytes()));
    return member;
  }

  private CommitteeMember member(AuditStatement statement) throws VerificationException {
    List<CommitteeMember> members = committee.members();
    for (int position = 0; position < members.size(); position++) {
      if (members.get(position).nodeId().equals(statement.nodeId())) {
        checkShards(statement, committee.shardsOf(position));
        return members.get(position);
      }
    }
    throw new VerificationException(
        Reason.UNKNOWN_SIGNER, "node: got %s, no member".formatted(statement.nodeId()));
  }

  private static void checkShards(AuditStatement statement, Optional<List<ShardIndex>> its)
      throws VerificationException {
    List<ShardIndex> others = new ArrayList<>(statement.shards());
    its.ifPresentOrElse(others::removeAll, others::clear);
    if (!others.isEmpty()) {
      throw new VerificationException(
          Reason.WRONG_COMMITTEE,
          "shards of node %s: got %s, which is not its".formatted(statement.nodeId(), others));
    }
  }
}
