package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes that really lack something, challenged many times: how often they pass, and how often they
 * are misjudged, is what the bounds say, within the error of counting so often. Seeds are fixed,
 * and with other seeds a test would fail by chance less than once in 10^9.
 */
class AuditStatisticsTest {
  private static final EncodingParameters PARAMETERS = EncodingParameters.forShards(31);
  private static final int SHARDS = PARAMETERS.shards();
  private static final int SLIVERS = 200;
  private static final int AUDITS = 20_000;
  private static final int CHALLENGES = 24;

  /** What a test may be wrong with, on each side; all of them share 10^-9. */
  private static final double LOG_ERROR = Math.log(1e-9 / 100);

  /** What a node lacks, and whether it can answer in spite of that. */
  enum Node {
    /** Has thrown away all of every tenth sliver. */
    LACKS_SLIVERS(AuditAxes.SECONDARY, 0.1) {
      @Override
      boolean answers(Axis axis, int sliver, int position) {
        return sliver % 10 != 0;
      }

      @Override
      double chanceToMiss() {
        return 0.1;
      }
    },
    /** Has thrown away as little of every tenth sliver as saves anything: one symbol. */
    LACKS_SYMBOLS(AuditAxes.SECONDARY, 0.1) {
      @Override
      boolean answers(Axis axis, int sliver, int position) {
        return sliver % 10 != 0 || position < PARAMETERS.symbolsPerSliver(axis) - 1;
      }

      @Override
      double chanceToMiss() {
        return 0.1 * (1 - 10.0 / 31);
      }
    },
    /** Has all secondary slivers and of each primary one all symbols but one. */
    LACKS_PRIMARY(AuditAxes.BOTH, 0.5) {
      @Override
      boolean answers(Axis axis, int sliver, int position) {
        return axis == Axis.SECONDARY || position < PARAMETERS.symbolsPerSliver(axis) - 1;
      }

      @Override
      double chanceToMiss() {
        return (1 - 20.0 / 31) / 2;
      }
    },
    /** Has all primary slivers and of each secondary one all symbols but one: riskier for it. */
    LACKS_SECONDARY(AuditAxes.BOTH, 0.5) {
      @Override
      boolean answers(Axis axis, int sliver, int position) {
        return axis == Axis.PRIMARY || position < PARAMETERS.symbolsPerSliver(axis) - 1;
      }

      @Override
      double chanceToMiss() {
        return (1 - 10.0 / 31) / 2;
      }
    },
    /**
     * Has nothing, and asks accomplices: ten of the shards, one too few to make a secondary sliver
     * of. Each of them has the one symbol that its own primary sliver shares with it.
     */
    OUTSOURCES(AuditAxes.SECONDARY, 1) {
      @Override
      boolean answers(Axis axis, int sliver, int position) {
        return (position + sliver) % SHARDS < 10;
      }

      @Override
      double chanceToMiss() {
        return 1 - 10.0 / 31;
      }
    };

    final AuditAxes axes;
    final double missing;

    Node(AuditAxes axes, double missing) {
      this.axes = axes;
      this.missing = missing;
    }

    abstract boolean answers(Axis axis, int sliver, int position);

    /** Returns what a challenge on it really comes to. */
    abstract double chanceToMiss();

    /** Returns how many challenges of an audit it misses. */
    int misses(SplittableRandom random) {
      List<Axis> asked = axes.axes();
      int misses = 0;
      for (int i = 0; i < CHALLENGES; i++) {
        Axis axis = asked.get(random.nextInt(asked.size()));
        misses += answers(axis, random.nextInt(SLIVERS), random.nextInt(SHARDS)) ? 0 : 1;
      }
      return misses;
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheBounds(Node node) {
    double withoutSliver = node.axes.chanceWithoutSliver(PARAMETERS);
    double bound = node.missing * (1 - withoutSliver);
    assertTrue(node.chanceToMiss() >= bound - 1e-12, "misses less than any node can");
    // 2^-4: misjudged often enough to be counted
    double[] judged = new double[CHALLENGES + 1];
    for (int misses = 0; misses <= CHALLENGES; misses++) {
      judged[misses] = MissingFraction.upperBound(CHALLENGES, misses, withoutSliver, 4);
    }
    SplittableRandom random = new SplittableRandom(node.name().hashCode());
    int[] counted = new int[CHALLENGES + 1];
    int misjudged = 0;
    for (int i = 0; i < AUDITS; i++) {
      int misses = node.misses(random);
      counted[misses]++;
      misjudged += judged[misses] < node.missing ? 1 : 0;
    }
    int few = 0;
    for (int misses = 0; misses < 3; misses++) {
      few += counted[misses];
      double real =
          MissingFraction.chanceToPass(
              AuditMode.PARALLEL, CHALLENGES, misses, 0, node.chanceToMiss());
      assertCount(few, real, true);
      // A node that lacks more than it must may only pass less often than the bound says.
      assertCount(
          few,
          MissingFraction.chanceToPass(
              AuditMode.PARALLEL, CHALLENGES, misses, withoutSliver, node.missing),
          false);
    }
    assertCount(misjudged, 0x1p-4, false);
  }

  /**
   * In sequential mode a node may look ahead, and leave out an answer that it has to be asked for
   * something else from there on. How often that helps is known exactly: with r challenges to come
   * and m misses left, it gets stuck with probability u(r, m) = (1-f) u(r-1, m) u(r-1, m-1) + f
   * u(r-1, m-1). The bound is above that.
   */
  @Test
  void nodeThatChoosesWhatComesNext() {
    double failure = 0.35;
    int misses = 2;
    double[][] stuck = new double[CHALLENGES + 1][misses + 2];
    for (int rest = 0; rest <= CHALLENGES; rest++) {
      stuck[rest][0] = 1;
      for (int left = 1; rest > 0 && left <= misses + 1; left++) {
        double skips = stuck[rest - 1][left - 1];
        stuck[rest][left] = skips * ((1 - failure) * stuck[rest - 1][left] + failure);
      }
    }
    SplittableRandom random = new SplittableRandom(77);
    int passed = 0;
    for (int i = 0; i < AUDITS; i++) {
      passed += passes(random.nextLong(), CHALLENGES, misses, failure) ? 1 : 0;
    }
    double real = 1 - stuck[CHALLENGES][misses + 1];
    assertCount(passed, real, true);
    double bound =
        MissingFraction.chanceToPass(AuditMode.SEQUENTIAL, CHALLENGES, misses, 0, failure);
    assertTrue(real < bound && bound < 2 * real, () -> "got %s for %s".formatted(bound, real));
    // It is no small matter.
    double unchosen =
        MissingFraction.chanceToPass(AuditMode.PARALLEL, CHALLENGES, misses, 0, failure);
    assertTrue(real > 4 * unchosen, () -> "got %s for %s".formatted(unchosen, real));
  }

  /** Whether there is a way through challenges that follow from a seed and from what was missed. */
  private static boolean passes(long seed, int rest, int misses, double failure) {
    if (rest == 0) {
      return true;
    }
    SplittableRandom random = new SplittableRandom(seed);
    boolean has = random.nextDouble() >= failure;
    return (has && passes(random.nextLong(), rest - 1, misses, failure))
        || (misses > 0 && passes(~random.nextLong(), rest - 1, misses - 1, failure));
  }

  /** Counted in so many audits, what has this chance can be no more, and if exact, no less. */
  private static void assertCount(int count, double chance, boolean exact) {
    String what = "got %s of %s, expected a share of %s".formatted(count, AUDITS, chance);
    assertTrue(
        count == 0 || BinomialTail.logAtMost(AUDITS, AUDITS - count, 1 - chance) > LOG_ERROR, what);
    assertTrue(!exact || BinomialTail.logAtMost(AUDITS, count, chance) > LOG_ERROR, what);
  }
}
