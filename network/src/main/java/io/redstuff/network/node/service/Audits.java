package io.redstuff.network.node.service;

import io.redstuff.audit.AuditProver;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/**
 * Answers audits from what is kept: proves that the node has the symbols that are asked for, and
 * signs. One at a time, since that is much work for a short question.
 *
 * @since 0.1.0
 */
public final class Audits {
  private final KeptBlobs blobs;
  private final int mostChallenges;
  private final Semaphore turn = new Semaphore(1);

  /**
   * Answers from what is kept.
   *
   * @param blobs where it is kept
   * @param mostChallenges how many challenges an audit may have
   */
  public Audits(KeptBlobs blobs, int mostChallenges) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.mostChallenges = mostChallenges;
  }

  /**
   * Answers an audit of this node, as far as it can.
   *
   * @param bcs the statement, in BCS
   * @return the answers, signed
   * @throws RefusedException if it is none, or the audit of another node, or there is one already
   */
  public AuditTranscript answer(byte[] bcs) throws RefusedException {
    AuditStatement statement;
    try {
      statement = AuditStatement.parse(bcs);
    } catch (MalformedDataException e) {
      throw RefusedException.wrong(ErrorReason.INVALID_FILTER, "%s", e.getMessage());
    }
    check(statement);
    if (!turn.tryAcquire()) {
      throw RefusedException.of(
          ErrorCode.UNAVAILABLE, ErrorReason.UNAVAILABLE, "audit: another one is being answered");
    }
    try {
      AuditProver prover =
          AuditProver.of(
              blob ->
                  blobs.encoding(
                      blobs
                          .metadata(blob)
                          .orElseThrow(() -> new IOException("blob " + blob + ": no metadata"))));
      AuditTranscript answers = prover.answer(statement, WorkMonitor.NONE).transcript();
      return blobs.signer().sign(answers);
    } finally {
      turn.release();
    }
  }

  private void check(AuditStatement statement) throws RefusedException {
    Duties duties = blobs.chain().duties();
    if (!statement.nodeId().equals(duties.node())
        || !statement.parameters().equals(blobs.chain().parameters())) {
      throw RefusedException.wrong(
          ErrorReason.INVALID_FILTER,
          "audit: got one of node %s of %s shards, expected node %s of %s",
          statement.nodeId(),
          statement.parameters().shards(),
          duties.node(),
          blobs.chain().parameters().shards());
    }
    if (statement.epoch() != duties.epoch()) {
      throw RefusedException.wrong(
          ErrorReason.INVALID_EPOCH,
          "audit: got epoch %s, expected %s",
          statement.epoch(),
          duties.epoch());
    }
    if (!duties.shards().containsAll(statement.shards())) {
      throw RefusedException.notNow(
          ErrorReason.SHARD_NOT_ASSIGNED,
          "audit: got shards %s, expected some of %s",
          statement.shards(),
          duties.shards());
    }
    if (statement.challenges() > mostChallenges) {
      throw RefusedException.of(
          ErrorCode.SIZE_EXCEEDED,
          ErrorReason.INVALID_FILTER,
          "audit: got %s challenges, expected at most %s",
          statement.challenges(),
          mostChallenges);
    }
  }
}
