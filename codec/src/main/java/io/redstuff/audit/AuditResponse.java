package io.redstuff.audit;

import io.redstuff.SliverId;
import java.util.List;
import java.util.Objects;

/**
 * What a prover found out: the transcript with all answers there are, and why the others are not.
 *
 * @param transcript the answers, not signed
 * @param unanswered the challenges without an answer, in order
 * @since 0.1.0
 */
public record AuditResponse(AuditTranscript transcript, List<Unanswered> unanswered) {
  /**
   * Puts the two together.
   *
   * @throws NullPointerException if one is null
   */
  public AuditResponse {
    Objects.requireNonNull(transcript, "transcript");
    unanswered = List.copyOf(unanswered);
  }

  /**
   * A challenge that could not be answered.
   *
   * @param challenge the challenge
   * @param sliver the sliver that it asks for
   * @param reason why there is no answer: the sliver is missing or bad, or nothing of the blob is
   *     there
   */
  public record Unanswered(AuditChallenge challenge, SliverId sliver, String reason) {}
}
