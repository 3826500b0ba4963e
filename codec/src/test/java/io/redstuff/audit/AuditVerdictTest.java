package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What verdicts say: numbers and assumptions, never that all is well. */
class AuditVerdictTest {
  private final StoredBlobSet set = StoredBlobSet.of(10, 1);

  private AuditVerdict verdict(int challenges, int misses, AuditAxes axes, AuditMode mode) {
    AuditStatement statement = set.statement(challenges, axes, mode);
    AuditSequence sequence = new AuditSequence(statement);
    List<AuditChallenge> missed = Stream.generate(sequence::next).limit(misses).toList();
    return new AuditVerdict(statement, missed);
  }

  @Test
  void chancesWithoutASliver() {
    EncodingParameters thousand = EncodingParameters.forShards(1000);
    assertEquals(0.333, AuditAxes.SECONDARY.chanceWithoutSliver(thousand), 1e-12);
    assertEquals(0.666, AuditAxes.PRIMARY.chanceWithoutSliver(thousand), 1e-12);
    assertEquals(0.666, AuditAxes.BOTH.chanceWithoutSliver(thousand), 1e-12);
  }

  /** With no misses the bound is (1 - p(1-q))^c = 2^-k, in either mode. */
  @Test
  void boundsWithoutMisses() {
    // n = 10: k1 = 4, k2 = 7.
    for (AuditMode mode : AuditMode.values()) {
      for (AuditAxes axes : AuditAxes.values()) {
        double q = axes == AuditAxes.SECONDARY ? 0.3 : 0.6;
        double p = verdict(400, 0, axes, mode).largestMissing(40);
        assertEquals(-40, 400 * Math.log(1 - p * (1 - q)) / Math.log(2), 1e-6, axes + " " + mode);
      }
    }
  }

  @Test
  void boundsWithMisses() {
    AuditVerdict parallel = verdict(400, 3, AuditAxes.SECONDARY, AuditMode.PARALLEL);
    assertEquals(MissingFraction.upperBound(400, 3, 0.3, 40), parallel.largestMissing(40), 1e-15);
    // Who answers in sequence may choose which 3 or fewer of 400 he leaves out.
    AuditVerdict sequential = verdict(400, 3, AuditAxes.SECONDARY, AuditMode.SEQUENTIAL);
    double p = sequential.largestMissing(40);
    double passed = 1 - p * 0.7;
    double chances =
        Math.pow(passed, 400)
            + 400 * Math.pow(passed, 399)
            + 400 * 399 / 2. * Math.pow(passed, 398)
            + 400 * 399 * 398 / 6. * Math.pow(passed, 397);
    assertEquals(-40, Math.log(chances) / Math.log(2), 1e-6);
    assertTrue(p > parallel.largestMissing(40));
    assertEquals(
        1, verdict(400, 400, AuditAxes.SECONDARY, AuditMode.SEQUENTIAL).largestMissing(40));
    assertEquals(
        1, verdict(400, 399, AuditAxes.SECONDARY, AuditMode.SEQUENTIAL).largestMissing(40));
  }

  @Test
  void saysWhatItIsWorth() {
    AuditVerdict verdict = verdict(400, 1, AuditAxes.BOTH, AuditMode.PARALLEL);
    assertEquals("399 of 400 challenges answered, on 20 slivers", verdict.toString());
    assertEquals(399, verdict.answers());
    assertEquals(400, verdict.challenges());
    assertEquals(20, verdict.slivers());
    assertEquals(1, verdict.missed().size());
    String all = String.join("\n", verdict.assumptions());
    assertTrue(all.contains("nonce was drawn at random after the list"), all);
    assertTrue(all.contains("not who keeps them"), all);
    assertTrue(all.contains("known at once"), all);
    AuditStatement statement = verdict.statement();
    AuditRandomness drand =
        new AuditRandomness(
            5,
            new Beacon.Drand(StoredBlobSet.nonce(1), 7, DrandSignature.of(new byte[48])),
            StoredBlobSet.nonce(2));
    AuditVerdict sequential =
        new AuditVerdict(
            new AuditStatement(
                statement.parameters(),
                statement.epoch(),
                statement.nodeId(),
                statement.shards(),
                statement.blobs(),
                1,
                AuditAxes.PRIMARY,
                AuditMode.SEQUENTIAL,
                drand),
            List.of());
    assertEquals(10, sequential.slivers());
    all = String.join("\n", sequential.assumptions());
    assertTrue(all.contains("drand's round 7 is the true one"), all);
    assertTrue(all.contains("before round 5 was published"), all);
    assertTrue(!all.contains("known at once"), all);
  }
}
