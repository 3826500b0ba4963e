package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditPlanTest {
  private static final EncodingParameters THOUSAND = EncodingParameters.forShards(1000);

  private static long symbols(AuditAxes axes, double missing, double bits) {
    return AuditPlan.forSymbols(THOUSAND, axes, missing, bits).challenges();
  }

  /** At 1000 shards, for 2^-40. */
  @ParameterizedTest
  @CsvSource({
    "0.50,   69,  152,   40",
    "0.25,  152,  318,   97",
    "0.10,  402,  817,  264",
    "0.05,  818, 1647,  541",
    "0.01, 4143, 8288, 2759"
  })
  void challengesForFractions(double missing, long secondary, long primary, long whole) {
    assertEquals(secondary, symbols(AuditAxes.SECONDARY, missing, 40));
    assertEquals(primary, symbols(AuditAxes.PRIMARY, missing, 40));
    assertEquals(primary, symbols(AuditAxes.BOTH, missing, 40));
    assertEquals(whole, AuditPlan.forSlivers(missing, 40).challenges());
  }

  /** One sliver, which is there or not. */
  @ParameterizedTest
  @CsvSource({"40, 26, 69", "80, 51, 137", "128, 81, 219"})
  void challengesForOneSliver(double bits, long secondary, long primary) {
    assertEquals(secondary, symbols(AuditAxes.SECONDARY, 1, bits));
    assertEquals(primary, symbols(AuditAxes.PRIMARY, 1, bits));
  }

  /** The examples of the RedStuff paper, section 4.6, which rounds to 640 and 7000. */
  @Test
  void filesOfThePaper() {
    double bits = 30 * Math.log(10) / Math.log(2);
    assertEquals(656, AuditPlan.forSlivers(0.1, bits).challenges());
    assertEquals(6874, AuditPlan.forSlivers(0.01, bits).challenges());
    assertEquals(5.2e-30, Math.pow(0.9, 640), 0.05e-30);
  }

  /** Any number of shards: with 4, a primary sliver has 3 symbols, a secondary one 2. */
  @Test
  void otherShardCounts() {
    EncodingParameters four = EncodingParameters.forShards(4);
    assertEquals(20, AuditPlan.forSymbols(four, AuditAxes.SECONDARY, 1, 40).challenges());
    assertEquals(
        0.25, AuditPlan.forSymbols(four, AuditAxes.SECONDARY, 1, 40).chanceWithoutSliver());
    assertEquals(40, AuditPlan.forSymbols(four, AuditAxes.PRIMARY, 1, 40).challenges());
    assertEquals(0.5, AuditPlan.forSymbols(four, AuditAxes.PRIMARY, 1, 40).chanceWithoutSliver());
    assertEquals(
        4125,
        AuditPlan.forSymbols(EncodingParameters.forShards(100), AuditAxes.SECONDARY, 0.01, 40)
            .challenges());
  }

  /** What is planned is enough, and one challenge less is not, by the definition. */
  @Property(tries = 60)
  void planIsTheLeast(
      @ForAll @DoubleRange(min = 0.03, max = 1) double missing,
      @ForAll @IntRange(min = 1, max = 60) int bits,
      @ForAll @IntRange(max = 5) int misses) {
    AuditPlan plan =
        AuditPlan.forSymbols(THOUSAND, AuditAxes.SECONDARY, missing, bits).withMisses(misses);
    int challenges = Math.toIntExact(plan.challenges());
    double failure = missing * (1 - plan.chanceWithoutSliver());
    BigDecimal risk = new BigDecimal(Math.scalb(1.0, -bits));
    assertTrue(MissingFractionTest.atMost(challenges, misses, failure).compareTo(risk) <= 0);
    assertTrue(
        challenges == misses + 1
            || MissingFractionTest.atMost(challenges - 1, misses, failure).compareTo(risk) > 0);
    double bound = MissingFraction.upperBound(challenges, misses, plan.chanceWithoutSliver(), bits);
    assertTrue(bound <= missing * (1 + 1e-12), () -> bound + " for " + plan);
    double exact = MissingFractionTest.atMost(challenges, misses, failure).doubleValue();
    assertEquals(1, plan.chanceToPass(missing) / exact, 1e-11);
  }

  /** C(N-D, c) / C(N, c), as it is defined. */
  private static BigDecimal allThere(int slivers, int gone, int asked) {
    return new BigDecimal(choose(slivers - gone, asked))
        .divide(new BigDecimal(choose(slivers, asked)), MathContext.DECIMAL128);
  }

  private static BigInteger choose(int of, int some) {
    BigInteger ways = BigInteger.ONE;
    for (int i = 0; i < some; i++) {
      ways = ways.multiply(BigInteger.valueOf(of - i)).divide(BigInteger.valueOf(i + 1));
    }
    return ways;
  }

  @Property(tries = 100)
  void distinctSliversAreTheLeast(
      @ForAll @IntRange(min = 1, max = 500) int slivers,
      @ForAll @IntRange(min = 1, max = 100) int percent,
      @ForAll @IntRange(min = 1, max = 60) int bits) {
    int gone = Math.ceilDiv(slivers * percent, 100);
    int asked = Math.toIntExact(AuditPlan.distinctSlivers(slivers, percent / 100.0, bits));
    BigDecimal risk = new BigDecimal(Math.scalb(1.0, -bits));
    assertTrue(allThere(slivers, gone, asked).compareTo(risk) <= 0);
    assertTrue(asked == 1 || allThere(slivers, gone, asked - 1).compareTo(risk) > 0);
  }

  /** What fails with exactly 7 in 8 takes a third as many challenges as the risk has bits. */
  @Test
  void plansForExactPowersTakeNoneMore() {
    for (int challenges = 1; challenges <= 20; challenges++) {
      assertEquals(challenges, AuditPlan.forSlivers(0.875, 3 * challenges).challenges());
    }
  }

  /** None twice takes fewer, and of few slivers all but those that may be missing. */
  @Test
  void distinctSlivers() {
    assertEquals(2759, AuditPlan.forSlivers(0.01, 40).challenges());
    assertTrue(AuditPlan.distinctSlivers(1L << 40, 0.01, 40) <= 2759);
    assertEquals(2759, AuditPlan.distinctSlivers(1_000_000_000, 0.01, 40));
    assertEquals(199, AuditPlan.distinctSlivers(200, 0.01, 40));
    // 0.07 of 100 are 7, though 0.07 * 100 is more in binary
    assertEquals(94, AuditPlan.distinctSlivers(100, 0.07, 128));
    assertEquals(1, AuditPlan.distinctSlivers(1, 1, 40));
    // (3/4)(2/3) is one in two, whatever the sum of the logarithms comes to, and so are others
    for (int pairs = 1; pairs <= 300; pairs++) {
      assertEquals(pairs, AuditPlan.distinctSlivers(2L * pairs, 1e-9, 1));
    }
    assertEquals(2, AuditPlan.distinctSlivers(4, 0.25, 1));
  }

  @Test
  void misses() {
    AuditPlan plan = AuditPlan.forSymbols(THOUSAND, AuditAxes.SECONDARY, 0.1, 40);
    assertEquals(0, plan.misses());
    AuditPlan tolerant = plan.withMisses(3);
    assertEquals(3, tolerant.misses());
    assertEquals(0.1, tolerant.missing());
    assertEquals(40, tolerant.confidenceBits());
    assertEquals(536, tolerant.challenges());
    assertEquals(AuditMode.PARALLEL, tolerant.mode());
    AuditPlan sequential = tolerant.inMode(AuditMode.SEQUENTIAL);
    assertEquals(AuditMode.SEQUENTIAL, sequential.mode());
    assertEquals(3, sequential.misses());
    assertTrue(sequential.challenges() > tolerant.challenges());
    assertTrue(sequential.chanceToPass(0.1) <= 0x1p-40);
    assertEquals(402, plan.inMode(AuditMode.SEQUENTIAL).challenges());
    assertEquals(
        tolerant.challenges() + " challenges with 3 misses at most for 0.1 missing at 2^-40.0",
        tolerant.toString());
  }

  @Test
  void chanceToPass() {
    AuditPlan plan = AuditPlan.forSlivers(0.5, 40);
    assertEquals(1, plan.chanceToPass(0));
    assertEquals(0x1p-40, plan.chanceToPass(0.5), 1e-20);
    assertEquals(0, plan.chanceToPass(1));
    assertRefused("missing: got 2.0, expected 0.0 to 1.0", () -> plan.chanceToPass(2));
  }

  @Test
  void cost() {
    AuditPlan plan = AuditPlan.forSymbols(THOUSAND, AuditAxes.SECONDARY, 0.1, 40);
    // 402 answers of 350 bytes with an opening of 410 bytes each, or with one for all
    assertEquals(402 * (350 + 410), plan.estimatedBytes(THOUSAND, 2, 1_000_000));
    assertEquals(402 * 350 + 410, plan.estimatedBytes(THOUSAND, 2, 1));
    assertEquals(Duration.ofMillis(402), plan.estimatedTime(1000));
    assertEquals(Duration.ZERO, plan.estimatedTime(Double.POSITIVE_INFINITY));
    assertRefused("challenges per second: got 0.0", () -> plan.estimatedTime(0));
    assertRefused("challenges per second: got -1.0", () -> plan.estimatedTime(-1));
    assertRefused("challenges per second: got NaN", () -> plan.estimatedTime(Double.NaN));
    assertRefused("symbol size: got 3", () -> plan.estimatedBytes(THOUSAND, 3, 1));
    assertRefused("pairs: got 0", () -> plan.estimatedBytes(THOUSAND, 2, 0));
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused("missing: got 0.0, expected", () -> AuditPlan.forSlivers(0, 40));
    assertRefused("missing: got 1.5, expected", () -> AuditPlan.forSlivers(1.5, 40));
    assertRefused("missing: got NaN, expected", () -> AuditPlan.forSlivers(Double.NaN, 40));
    assertRefused(
        "missing: got 1.0E-14, which takes more than 1099511627776 challenges",
        () -> AuditPlan.forSlivers(1e-14, 40));
    assertRefused("confidence bits: got 0.0", () -> AuditPlan.forSlivers(0.5, 0));
    AuditPlan plan = AuditPlan.forSlivers(0.5, 40);
    assertRefused("misses: got -1", () -> plan.withMisses(-1));
    assertRefused("missing: got 0.5, which takes more than", () -> plan.withMisses((1L << 40) - 1));
    assertRefused("slivers: got 0", () -> AuditPlan.distinctSlivers(0, 0.5, 40));
    assertRefused("missing: got 0.0", () -> AuditPlan.distinctSlivers(10, 0, 40));
    assertRefused("confidence bits: got 0.0", () -> AuditPlan.distinctSlivers(10, 0.5, 0));
  }

  private static void assertRefused(String message, Executable what) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, what);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
