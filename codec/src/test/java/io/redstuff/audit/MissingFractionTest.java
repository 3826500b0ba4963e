package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingFractionTest {
  private static final MathContext DIGITS = new MathContext(60);

  /** The definition, with sixty digits: the sum of C(t, i) p^i (1-p)^(t-i) for i up to x. */
  static BigDecimal atMost(int trials, int failures, double chance) {
    BigDecimal p = new BigDecimal(chance);
    BigDecimal q = BigDecimal.ONE.subtract(p);
    BigInteger ways = BigInteger.ONE;
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i <= failures; i++) {
      sum =
          sum.add(
              new BigDecimal(ways)
                  .multiply(p.pow(i, DIGITS), DIGITS)
                  .multiply(q.pow(trials - i, DIGITS), DIGITS),
              DIGITS);
      ways = ways.multiply(BigInteger.valueOf(trials - i)).divide(BigInteger.valueOf(i + 1));
    }
    return sum;
  }

  private static double ratio(double log, BigDecimal expected) {
    BigDecimal got = BigDecimal.valueOf(Math.exp(log));
    return got.divide(expected, DIGITS).doubleValue();
  }

  @Property(tries = 300)
  void tailIsAsDefined(
      @ForAll @IntRange(min = 1, max = 300) int trials,
      @ForAll @IntRange(max = 300) int drawn,
      @ForAll @DoubleRange(min = 1e-3, max = 1 - 1e-3) @Scale(6) double chance) {
    int failures = drawn % (trials + 1);
    BigDecimal expected = atMost(trials, failures, chance);
    double log = BinomialTail.logAtMost(trials, failures, chance);
    if (log > -700) {
      assertEquals(1, ratio(log, expected), 1e-11);
    } else {
      assertTrue(expected.doubleValue() < 1e-300);
    }
  }

  /** The sum of C(t, i) (1-p)^(t-i) for i up to x, and 1 if that is more. */
  @Property(tries = 200)
  void chosenTailIsAsDefined(
      @ForAll @IntRange(min = 1, max = 200) int trials,
      @ForAll @IntRange(max = 30) int drawn,
      @ForAll @DoubleRange(min = 1e-3, max = 1 - 1e-3) @Scale(6) double chance) {
    int failures = drawn % (trials + 1);
    BigDecimal sum = BigDecimal.ZERO;
    BigInteger ways = BigInteger.ONE;
    for (int i = 0; i <= failures; i++) {
      BigDecimal good = BigDecimal.ONE.subtract(new BigDecimal(chance)).pow(trials - i, DIGITS);
      sum = sum.add(new BigDecimal(ways).multiply(good, DIGITS), DIGITS);
      ways = ways.multiply(BigInteger.valueOf(trials - i)).divide(BigInteger.valueOf(i + 1));
    }
    double log = BinomialTail.logAtMostChosen(trials, failures, chance);
    if (log > -700) {
      assertEquals(1, ratio(log, sum.min(BigDecimal.ONE)), 1e-11);
    } else {
      assertTrue(sum.doubleValue() < 1e-300);
    }
    assertTrue(log >= BinomialTail.logAtMost(trials, failures, chance) - 1e-9);
  }

  /** More trials than the definition is quick for. */
  @ParameterizedTest
  @CsvSource({"5000, 31, 0.01", "5000, 0, 0.02", "4143, 20, 0.0066", "20000, 15, 0.003"})
  void tailOfManyTrials(int trials, int failures, double chance) {
    double log = BinomialTail.logAtMost(trials, failures, chance);
    assertEquals(1, ratio(log, atMost(trials, failures, chance)), 1e-11);
  }

  @Test
  void tailAtTheEnds() {
    assertEquals(0, BinomialTail.logAtMost(7, 7, 1));
    assertEquals(0, BinomialTail.logAtMost(7, 0, 0), 0.0);
    assertEquals(0, BinomialTail.logAtMost(0, 0, 0.5));
    assertEquals(Double.NEGATIVE_INFINITY, BinomialTail.logAtMost(7, 6, 1));
    assertEquals(Double.NEGATIVE_INFINITY, BinomialTail.logAtMost(7, 0, 1));
    assertEquals(0, BinomialTail.logAtMostChosen(7, 7, 1));
    assertEquals(0, BinomialTail.logAtMostChosen(7, 0, 0), 0.0);
    assertEquals(0, BinomialTail.logAtMostChosen(7, 3, 0), 0.0);
    assertEquals(Double.NEGATIVE_INFINITY, BinomialTail.logAtMostChosen(7, 6, 1));
  }

  /** The bound is the largest fraction that is not refuted: what is a little larger is. */
  @Property(tries = 100)
  void boundIsTheLargest(
      @ForAll @IntRange(min = 1, max = 400) int challenges,
      @ForAll @IntRange(max = 20) int drawn,
      @ForAll @DoubleRange(max = 0.9) double answered,
      @ForAll @IntRange(min = 1, max = 128) int bits) {
    int misses = drawn % (challenges + 1);
    double bound = MissingFraction.upperBound(challenges, misses, answered, bits);
    BigDecimal risk = new BigDecimal(Math.scalb(1.0, -bits));
    BigDecimal below = atMost(challenges, misses, bound * (1 - 1e-12) * (1 - answered));
    assertTrue(below.compareTo(risk) >= 0, () -> bound + ": " + below.round(new MathContext(5)));
    if (bound < 1) {
      double larger =
          Math.min(1, bound * (1 + 1e-12)); // of a bound next to 1 it would be a bit more
      BigDecimal above = atMost(challenges, misses, larger * (1 - answered));
      assertTrue(above.compareTo(risk) < 0, () -> bound + ": " + above.round(new MathContext(5)));
    }
  }

  /** With up to 40 bits: closer to 1 there are not enough doubles to tell bounds apart. */
  @Property(tries = 200)
  void boundIsMonotone(
      @ForAll @IntRange(min = 1, max = 20000) int challenges,
      @ForAll @IntRange(max = 300) int drawn,
      @ForAll @DoubleRange(max = 0.9) double answered,
      @ForAll @DoubleRange(min = 1, max = 40) double bits) {
    int misses = drawn % challenges;
    double bound = MissingFraction.upperBound(challenges, misses, answered, bits);
    assertTrue(bound > 0 && bound <= 1, () -> "got " + bound);
    assertTrue(
        bound > MissingFraction.upperBound(challenges + 1L, misses, answered, bits) || bound == 1);
    double more = MissingFraction.upperBound(challenges, misses + 1, answered, bits);
    assertTrue(bound < more || more == 1);
    double surer = MissingFraction.upperBound(challenges, misses, answered, bits + 0.01);
    assertTrue(bound < surer || surer == 1);
    double easier = MissingFraction.upperBound(challenges, misses, answered + 0.01, bits);
    assertTrue(bound < easier || easier == 1);
  }

  /** Without misses there is a formula: 1 - 2^(-bits/c), and one that is exact, 1 - 2^-1. */
  @Test
  void withoutMisses() {
    assertEquals(0.5, MissingFraction.upperBound(40, 0, 0, 40));
    for (long challenges : new long[] {1, 26, 402, 4143, 1_000_000, 1L << 40}) {
      double bound = MissingFraction.upperBound(challenges, 0, 0, 40);
      double expected = -Math.expm1(-40 * Math.log(2) / challenges);
      assertEquals(1, bound / expected, 1e-13, () -> "challenges: " + challenges);
    }
  }

  /** So many that some of them are sure to be missed: the bound comes close to their share. */
  @Test
  void largestAudit() {
    long challenges = MissingFraction.MAX_CHALLENGES;
    double bound = MissingFraction.upperBound(challenges, challenges / 1000, 0, 40);
    assertTrue(bound > 1e-3 && bound < 1e-3 * (1 + 1e-3), () -> "got " + bound);
  }

  /** Who could choose what to miss is believed less; without misses there was nothing to choose. */
  @Test
  void sequentialMode() {
    double none = MissingFraction.upperBound(AuditMode.SEQUENTIAL, 402, 0, 0.333, 40);
    assertEquals(MissingFraction.upperBound(402, 0, 0.333, 40), none, 1e-14);
    double parallel = MissingFraction.upperBound(AuditMode.PARALLEL, 402, 3, 0.333, 40);
    assertEquals(MissingFraction.upperBound(402, 3, 0.333, 40), parallel);
    double sequential = MissingFraction.upperBound(AuditMode.SEQUENTIAL, 402, 3, 0.333, 40);
    assertTrue(parallel < sequential, () -> parallel + " " + sequential);
    double risk = MissingFraction.chanceToPass(AuditMode.SEQUENTIAL, 402, 3, 0.333, sequential);
    assertEquals(1, risk / 0x1p-40, 1e-9);
    assertEquals(1, MissingFraction.upperBound(AuditMode.SEQUENTIAL, 50, 25, 0.333, 40));
  }

  @Test
  void nothingCanBeSaid() {
    assertEquals(1, MissingFraction.upperBound(0, 0, 0, 40));
    assertEquals(1, MissingFraction.upperBound(10, 10, 0, 40));
    assertEquals(1, MissingFraction.upperBound(1000, 0, 1, 40));
    // 0.333^25 is more than 2^-40, 0.333^26 is not
    assertEquals(1, MissingFraction.upperBound(25, 0, 0.333, 40));
    assertTrue(MissingFraction.upperBound(26, 0, 0.333, 40) < 1);
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused("challenges: got -1, expected 0 to 1099511627776", -1, 0, 0, 40);
    assertRefused(
        "challenges: got 1099511627777, expected 0 to 1099511627776", (1L << 40) + 1, 0, 0, 40);
    assertRefused("misses: got 3, expected 0 to 2", 2, 3, 0, 40);
    assertRefused("misses: got -1, expected 0 to 2", 2, -1, 0, 40);
    assertRefused("chance without sliver: got 1.5, expected 0.0 to 1.0", 2, 1, 1.5, 40);
    assertRefused("chance without sliver: got -0.5, expected 0.0 to 1.0", 2, 1, -0.5, 40);
    assertRefused("chance without sliver: got NaN, expected 0.0 to 1.0", 2, 1, Double.NaN, 40);
    assertRefused("confidence bits: got 0.5, expected 1.0 to 1.79", 2, 1, 0, 0.5);
    assertRefused("confidence bits: got NaN, expected 1.0 to 1.79", 2, 1, 0, Double.NaN);
    assertRefused("confidence bits: got Infinity", 2, 1, 0, Double.POSITIVE_INFINITY);
  }

  private static void assertRefused(
      String message, long challenges, long misses, double answered, double bits) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> MissingFraction.upperBound(challenges, misses, answered, bits));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
