package io.redstuff.cli.show;

import io.redstuff.EncodingParameters;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditPlan;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What {@code redstuff audit plan} tells; its components are the JSON it prints.
 *
 * @param shards number of shards, n
 * @param missing the fraction of slivers that must not be missing unnoticed
 * @param confidenceBits k, where 2^-k is the probability that it is
 * @param misses how many challenges may go unanswered
 * @param mode {@code parallel} or {@code sequential}
 * @param symbolSize the length of a symbol in bytes
 * @param secondary an audit of secondary slivers by single symbols
 * @param primary an audit of primary slivers
 * @param both an audit of either axis with equal chance
 * @param wholeSlivers how many whole slivers, each drawn from all of them
 * @param distinctSlivers how many whole slivers, none twice; null if it was not said how many there
 *     are or some may be missed
 */
public record AuditPlanReport(
    int shards,
    double missing,
    double confidenceBits,
    long misses,
    String mode,
    int symbolSize,
    Symbols secondary,
    Symbols primary,
    Symbols both,
    long wholeSlivers,
    Long distinctSlivers) {

  /**
   * What is planned for.
   *
   * @param missing the fraction of slivers that must not be missing unnoticed
   * @param confidenceBits k, where 2^-k is the probability that it is
   * @param misses how many challenges may go unanswered
   * @param mode whether all challenges are known at once
   * @param symbolSize the length of a symbol in bytes
   * @param slivers how many there are of each axis, if that is known
   * @param rate challenges per second, if that is known
   */
  public record Wanted(
      EncodingParameters parameters,
      double missing,
      double confidenceBits,
      long misses,
      AuditMode mode,
      int symbolSize,
      OptionalLong slivers,
      OptionalDouble rate) {

    private Symbols symbols(AuditAxes axes) {
      AuditPlan plan =
          AuditPlan.forSymbols(parameters, axes, missing, confidenceBits)
              .withMisses(misses)
              .inMode(mode);
      return new Symbols(
          plan.chanceWithoutSliver(),
          plan.challenges(),
          plan.estimatedBytes(parameters, symbolSize, slivers.orElse(Long.MAX_VALUE)),
          rate.isEmpty() ? null : plan.estimatedTime(rate.getAsDouble()).toNanos() / 1e9);
    }
  }

  /**
   * An audit by single symbols.
   *
   * @param chanceWithoutSliver the probability to answer for a sliver that one does not have
   * @param challenges how many it takes
   * @param bytes about how long its transcript is
   * @param seconds about how long it takes; null if the rate was not given
   */
  public record Symbols(double chanceWithoutSliver, long challenges, long bytes, Double seconds) {}

  /** Returns the report on what is planned for. */
  public static AuditPlanReport of(Wanted wanted) {
    Optional<Long> distinct =
        wanted.slivers().isPresent() && wanted.misses() == 0
            ? Optional.of(
                AuditPlan.distinctSlivers(
                    wanted.slivers().getAsLong(), wanted.missing(), wanted.confidenceBits()))
            : Optional.empty();
    return new AuditPlanReport(
        wanted.parameters().shards(),
        wanted.missing(),
        wanted.confidenceBits(),
        wanted.misses(),
        wanted.mode().name().toLowerCase(Locale.ROOT),
        wanted.symbolSize(),
        wanted.symbols(AuditAxes.SECONDARY),
        wanted.symbols(AuditAxes.PRIMARY),
        wanted.symbols(AuditAxes.BOTH),
        AuditPlan.forSlivers(wanted.missing(), wanted.confidenceBits())
            .withMisses(wanted.misses())
            .inMode(wanted.mode())
            .challenges(),
        distinct.orElse(null));
  }

  /**
   * Returns the report for people, in lines.
   *
   * @param part the fraction as it is called
   * @param risk the probability as it is called
   */
  public String toText(String part, String risk) {
    Text text =
        new Text(10)
            .line(
                "aim",
                "%s missing goes unnoticed with probability %s at most".formatted(part, risk))
            .line("shards", "%s, symbols of %s".formatted(shards, Text.bytes(symbolSize)))
            .line("misses", "%s tolerated, %s".formatted(misses, mode))
            .line("secondary", line(secondary))
            .line("primary", line(primary))
            .line("both", line(both))
            .line("slivers", wholeSlivers + " whole ones fetched, each drawn from all");
    if (distinctSlivers != null) {
      text.line("", distinctSlivers + " whole ones fetched, none twice");
    }
    return text.toString();
  }

  private static String line(Symbols symbols) {
    String time =
        symbols.seconds() == null
            ? ""
            : String.format(Locale.ROOT, ", some %.1f s", symbols.seconds());
    return "%s challenges, some %s%s"
        .formatted(symbols.challenges(), Text.bytes(symbols.bytes()), time);
  }
}
