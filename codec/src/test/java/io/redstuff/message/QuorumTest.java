package io.redstuff.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {

  /** The rules as the contract writes them. */
  @Property
  void asTheContractCounts(
      @ForAll @IntRange(min = 4, max = 49155) int shards,
      @ForAll @IntRange(max = 49155) int drawn) {
    int weight = drawn % (shards + 1);
    assertEquals(3 * weight >= 2 * shards + 1, Quorum.TWO_THIRDS.isReached(weight, shards));
    assertEquals(3 * weight >= shards + 1, Quorum.ONE_CORRECT.isReached(weight, shards));
    int threshold = Quorum.TWO_THIRDS.threshold(shards);
    assertTrue(Quorum.TWO_THIRDS.isReached(threshold, shards));
    assertFalse(Quorum.TWO_THIRDS.isReached(threshold - 1, shards));
    assertEquals(EncodingParameters.forShards(shards).secondarySourceSymbols(), threshold);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 7, 4",
    "11, 8, 4",
    "12, 9, 5",
    "1000, 667, 334",
    "0, 1, 1",
    "65535, 43691, 21846"
  })
  void thresholds(int shards, int twoThirds, int oneCorrect) {
    assertEquals(twoThirds, Quorum.TWO_THIRDS.threshold(shards));
    assertEquals(oneCorrect, Quorum.ONE_CORRECT.threshold(shards));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> Quorum.TWO_THIRDS.threshold(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> Quorum.TWO_THIRDS.isReached(-1, 10));
    assertThrows(IndexOutOfBoundsException.class, () -> Quorum.TWO_THIRDS.isReached(11, 10));
    assertFalse(Quorum.ONE_CORRECT.isReached(0, 0));
  }
}
