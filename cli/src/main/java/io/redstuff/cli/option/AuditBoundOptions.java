package io.redstuff.cli.option;

import picocli.CommandLine.Option;

/** What an audit has to rule out, and how surely. */
public final class AuditBoundOptions {
  @Option(
      names = "--missing",
      paramLabel = "P",
      defaultValue = "1%",
      description =
          "The part of the slivers that must not be missing unnoticed: 1%%, 0.01 (default:"
              + " 1%%).")
  private Fraction missing;

  @Option(
      names = "--confidence",
      paramLabel = "2^-K",
      defaultValue = "2^-40",
      description =
          "The probability that it is all the same: 2^-40, 10^-12 (default: ${DEFAULT-VALUE}).")
  private Confidence confidence;

  /** Returns the part, above 0 and up to 1. */
  public double missing() {
    return missing.value();
  }

  /** Returns k, where 2^-k is the probability. */
  public double confidenceBits() {
    return confidence.bits();
  }

  /** Returns the probability as people write it. */
  public String confidence() {
    return confidence.toString();
  }
}
