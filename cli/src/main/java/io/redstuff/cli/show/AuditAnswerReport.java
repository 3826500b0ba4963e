package io.redstuff.cli.show;

import io.redstuff.audit.AuditResponse;
import io.redstuff.audit.AuditResponse.Unanswered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code redstuff audit answer} did; its components are the JSON it prints.
 *
 * @param challenges how many challenges there were
 * @param answers how many were answered
 * @param bytes length of the transcript in bytes
 * @param signed whether it was signed
 * @param lacking the slivers for which there was no answer, in the order in which they were asked
 *     for
 */
public record AuditAnswerReport(
    int challenges, int answers, long bytes, boolean signed, List<Lacking> lacking) {

  /** A sliver without answers: its blob, what it is, how often it was asked, and what is wrong. */
  public record Lacking(String blobId, String sliver, int challenges, String reason) {}

  /** Returns the report on a response. */
  public static AuditAnswerReport of(AuditResponse response, long bytes, boolean signed) {
    Map<List<Object>, Lacking> lacking = new LinkedHashMap<>();
    for (Unanswered one : response.unanswered()) {
      lacking.merge(
          List.of(one.challenge().blob(), one.sliver()),
          new Lacking(one.challenge().blob().toString(), one.sliver().toString(), 1, one.reason()),
          (before, _) ->
              new Lacking(
                  before.blobId(), before.sliver(), before.challenges() + 1, before.reason()));
    }
    return new AuditAnswerReport(
        response.transcript().statement().challenges(),
        response.transcript().answers().size(),
        bytes,
        signed,
        List.copyOf(lacking.values()));
  }

  /** Returns the report for people, in lines. */
  public String toText() {
    Text text =
        new Text(10)
            .line("answered", "%s of %s challenges".formatted(answers, challenges))
            .line("transcript", Text.bytes(bytes) + (signed ? ", signed" : ", not signed"));
    lacking.forEach(
        one ->
            text.line(
                "lacking",
                "%s of blob %s: %s".formatted(one.sliver(), one.blobId(), one.reason())));
    return text.toString();
  }
}
