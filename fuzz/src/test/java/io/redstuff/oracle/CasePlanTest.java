package io.redstuff.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a campaign of 100,000 cases covers, and that nobody changes it unawares. */
class CasePlanTest {
  private static final int CAMPAIGN = 100_000;

  private final CasePlan plan = new CasePlan(5);

  @Test
  void everyCountOfShardsComesOften() {
    Map<Integer, Integer> times = new HashMap<>();
    for (int i = 0; i < CAMPAIGN; i++) {
      times.merge(plan.at(i).shards(), 1, Integer::sum);
    }
    for (int n = CasePlan.SMALLEST; n <= CasePlan.SWEPT; n++) {
      assertTrue(times.getOrDefault(n, 0) >= 13, "n = " + n + ": " + times.get(n));
    }
    for (int n : CasePlan.large()) {
      assertTrue(times.getOrDefault(n, 0) >= 43, "n = " + n + ": " + times.get(n));
    }
    assertTrue(CasePlan.large().contains(1000));
  }

  @Test
  void lengthsLieAtEdges() {
    int full = 0;
    int justMore = 0;
    int empty = 0;
    int longest = 0;
    Set<Check> checks = EnumSet.noneOf(Check.class);
    for (int i = 0; i < CAMPAIGN; i++) {
      DifferentialCase one = plan.at(i);
      EncodingParameters parameters = EncodingParameters.forShards(one.shards());
      checks.add(one.check());
      int size = parameters.symbolSize(one.blobLength());
      int before = parameters.symbolSize(Math.max(0, one.blobLength() - 1));
      full += parameters.paddedLength(one.blobLength()) == one.blobLength() ? 1 : 0;
      justMore += before < size ? 1 : 0;
      empty += one.blobLength() == 0 ? 1 : 0;
      longest += size == EncodingParameters.MAX_SYMBOL_SIZE ? 1 : 0;
    }
    assertTrue(full >= CAMPAIGN / 10, "fill their symbols: " + full);
    assertTrue(justMore >= CAMPAIGN / 20, "one byte more than fits smaller symbols: " + justMore);
    assertTrue(empty >= CAMPAIGN / 100, "empty: " + empty);
    assertTrue(longest >= 50, "longest symbols: " + longest);
    assertEquals(EnumSet.allOf(Check.class), checks);
  }

  @Test
  void caseFollowsFromSeedAndNumber() {
    assertEquals(plan.at(1234), new CasePlan(5).at(1234));
    assertNotEquals(
        LongStream.range(0, 100).mapToObj(plan::at).map(DifferentialCase::blobLength).toList(),
        LongStream.range(0, 100)
            .mapToObj(new CasePlan(6)::at)
            .map(DifferentialCase::blobLength)
            .toList());
  }

  @Test
  void caseIsWhatItWasWhenTheRecordWasMade() {
    DifferentialCase one = plan.at(4240);
    assertEquals("case 4240 of seed 5 (n = 13, 94 bytes, DESCRIBE)", one.toString());
    assertEquals("c5f8a6e5e20ac957", HexFormat.of().formatHex(one.blob(), 0, 8));
  }
}
