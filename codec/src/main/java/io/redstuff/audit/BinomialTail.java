package io.redstuff.audit;

/**
 * The chance of few failures in many trials, summed up from its terms: exact but for rounding, and
 * in logarithms, since 2^-80 and less is what it is asked for.
 */
final class BinomialTail {
  /** {@code ln(2 pi) / 2}. */
  private static final double HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

  /** From here on four terms of Stirling's series have an error below 10^-14. */
  private static final int SERIES_FROM = 16;

  private BinomialTail() {}

  /**
   * Returns the natural logarithm of the probability of at most so many failures.
   *
   * @param trials how many independent trials
   * @param failures from 0 to {@code trials}
   * @param chance of each trial to fail, from 0 to 1
   */
  static double logAtMost(long trials, long failures, double chance) {
    if (failures == trials) {
      return 0;
    }
    if (chance * trials > failures) {
      return logLower(trials, failures, chance);
    }
    // The other side is the smaller one, and gives the digits of this one.
    return Math.log1p(-Math.exp(logLower(trials, trials - failures - 1, 1 - chance)));
  }

  /**
   * Returns the natural logarithm of a bound for the probability that somebody gets along with so
   * many failures who may also fail on purpose, and has other trials from there on: the sum of C(t,
   * i) (1-p)^(t-i) for i up to x. For each choice of i trials to fail there is one chain of others,
   * and the probability that one of all these chains goes well is at most the sum.
   *
   * @param trials how many trials
   * @param failures from 0 to {@code trials}
   * @param chance of each trial to fail, from 0 to 1
   */
  static double logAtMostChosen(long trials, long failures, double chance) {
    if (failures == trials) {
      return 0;
    }
    double last = logTerm(trials, failures, chance, 1);
    if (last >= 0) {
      return 0;
    }
    // As the last term is below 1, each is smaller than the one after it.
    return Math.min(0, last + logSum(trials, failures, 1 - chance));
  }

  /**
   * Sums up from the term of {@code failures} down to that of none. As fewer are counted than are
   * to be expected, each term is smaller than the one before.
   */
  private static double logLower(long trials, long failures, double chance) {
    return logTerm(trials, failures, chance, chance)
        + logSum(trials, failures, (1 - chance) / chance);
  }

  /** Returns ln of the sum of terms that shrink from 1 down to that of no failure. */
  private static double logSum(long trials, long failures, double odds) {
    double sum = 1;
    double term = 1;
    for (long i = failures; i > 0 && term > sum * 0x1p-60; i--) {
      term *= odds * i / (trials - i + 1);
      sum += term;
    }
    return Math.log(sum);
  }

  /**
   * Returns {@code ln(C(t, x) w^x (1-p)^(t-x))} for {@code x < t}. The large parts of the three
   * factorials and of the powers are taken together first, so that they do not take the digits of
   * the small result away (Loader, Fast and Accurate Computation of Binomial Probabilities, 2000).
   */
  private static double logTerm(long t, long x, double p, double w) {
    long rest = t - x;
    double log = rest * (Math.log1p(-p) - Math.log1p(-(double) x / t));
    if (x == 0) {
      return log;
    }
    return log
        + x * Math.log(t * w / x)
        + stirlingError(t)
        - stirlingError(x)
        - stirlingError(rest)
        - HALF_LOG_TWO_PI
        - Math.log((double) x / t * rest) / 2;
  }

  /** Returns {@code ln(n!) - (n + 1/2) ln n + n - ln(2 pi) / 2} for {@code n > 0}. */
  private static double stirlingError(long n) {
    if (n >= SERIES_FROM) {
      double square = (double) n * n;
      return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / 1680.0 / square) / square) / square) / n;
    }
    double factorial = 1;
    for (int i = 2; i <= n; i++) {
      factorial *= i;
    }
    return Math.log(factorial) - (n + 0.5) * Math.log((double) n) + n - HALF_LOG_TWO_PI;
  }
}
