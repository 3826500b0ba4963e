package io.redstuff.cli.show;

import io.redstuff.audit.AuditChallenge;
import io.redstuff.audit.AuditVerdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code redstuff audit verify} found; its components are the JSON it prints.
 *
 * @param statement what was audited
 * @param answers how many challenges were answered, each with a proof
 * @param misses how many were not
 * @param confidenceBits k, where 2^-k is the probability that the bound is wrong
 * @param largestMissing the largest part of the slivers that may be missing
 * @param limit the part that must not be
 * @param bounded whether the largest part is not above the limit
 * @param asked whether this is known to be the audit that was asked for
 * @param signer who signed, for people; null if that was not looked at
 * @param missed the slivers that were asked for in vain
 * @param assumptions what has to be true for the bound to hold
 */
public record AuditVerdictReport(
    AuditStatementReport statement,
    int answers,
    int misses,
    double confidenceBits,
    double largestMissing,
    double limit,
    boolean bounded,
    boolean asked,
    String signer,
    List<Missed> missed,
    List<String> assumptions) {
  /** How many slivers are named in the text. */
  private static final int NAMED = 20;

  /** A sliver that was asked for in vain. */
  public record Missed(String blobId, int shard, String sliver) {}

  /**
   * Returns the report on a verdict.
   *
   * @param asked whether the statement was compared with the auditor's own
   * @param signer who signed; empty if that was not looked at
   */
  public static AuditVerdictReport of(
      AuditVerdict verdict, double confidenceBits, double limit, boolean asked, String signer) {
    Set<Missed> missed = new LinkedHashSet<>();
    for (AuditChallenge challenge : verdict.missed()) {
      missed.add(
          new Missed(
              challenge.blob().toString(),
              challenge.shard().value(),
              challenge.sliver(verdict.statement().parameters()).toString()));
    }
    List<String> assumptions = new ArrayList<>();
    if (!asked) {
      assumptions.add(
          "The audit is the one that was asked for: it was not compared (--challenge).");
    }
    if (signer.isEmpty()) {
      assumptions.add(
          "The transcript is the node's: no signature was looked at (--committee), nor the value of"
              + " a beacon.");
    }
    assumptions.addAll(verdict.assumptions());
    double largest = verdict.largestMissing(confidenceBits);
    return new AuditVerdictReport(
        AuditStatementReport.of(verdict.statement()),
        verdict.answers(),
        verdict.missed().size(),
        confidenceBits,
        largest,
        limit,
        largest <= limit,
        asked,
        signer.isEmpty() ? null : signer,
        List.copyOf(missed),
        assumptions);
  }

  /**
   * Returns the report for people, in lines.
   *
   * @param risk the probability that the bound is wrong, as it is called
   */
  public String toText(String risk) {
    Text text = statement.lines(new Text(10));
    if (signer != null) {
      text.line("signed by", signer);
    }
    text.line("answered", "%s of %s, each proven".formatted(answers, statement.challenges()));
    missed.stream()
        .limit(NAMED)
        .forEach(
            one ->
                text.line(
                    "missed",
                    "%s of shard %s of blob %s"
                        .formatted(one.sliver(), one.shard(), one.blobId())));
    if (missed.size() > NAMED) {
      text.line("missed", "and %s more".formatted(missed.size() - NAMED));
    }
    text.line(
        "verdict",
        String.format(
            Locale.ROOT,
            "at most %s of the slivers can be missing, with a risk of %s; %s is %s",
            percent(largestMissing),
            risk,
            percent(limit),
            bounded ? "ruled out" : "NOT ruled out"));
    assumptions.forEach(assumption -> text.line("if", assumption));
    return text.toString();
  }

  /** Returns a part in percent, never less than it is. */
  private static String percent(double part) {
    BigDecimal percent =
        BigDecimal.valueOf(part).movePointRight(2).round(new MathContext(4, RoundingMode.CEILING));
    return percent.stripTrailingZeros().toPlainString() + "%";
  }
}
