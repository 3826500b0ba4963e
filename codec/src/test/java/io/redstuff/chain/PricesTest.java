package io.redstuff.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.error.MalformedDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts, what things cost, and how prices and rewards come about. */
class PricesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "12, 12, 0.000000012",
    "12 FROST, 12, 0.000000012",
    "12FROST, 12, 0.000000012",
    "1 WAL, 1000000000, 1",
    "200 WAL, 200000000000, 200",
    "0.5WAL, 500000000, 0.5",
    "10.000000001 WAL, 10000000001, 10.000000001",
    "100.10 WAL, 100100000000, 100.1",
    "9223372036854775807, 9223372036854775807, 9223372036.854775807"
  })
  void amountsInText(String text, long frost, String wal) throws MalformedDataException {
    Frost amount = Frost.parse(text);
    assertEquals(frost, amount.value());
    assertEquals(wal, amount.toWal().toPlainString());
    assertEquals(amount, Frost.parse(amount.toString()));
    assertEquals(amount, Frost.parse(wal + " WAL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "01",
        "1.5",
        "1.5 FROST",
        "0.0000000001 WAL",
        "1e9",
        "1 wal",
        "1  WAL",
        "9223372036854775808",
        "9223372037 WAL",
        "99999999999999999999999999999999999999999999999"
      })
  void otherTextsAreRefused(String text) {
    MalformedDataException e = assertThrows(MalformedDataException.class, () -> Frost.parse(text));
    assertTrue(e.getMessage().length() < 140, e.getMessage());
  }

  @Test
  void amountsAreNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> Frost.of(-1));
    assertTrue(Frost.of(2).compareTo(Frost.of(1)) > 0);
  }

  @Test
  void whatDoesNotFitIsAnOverflow() {
    Prices prices = new Prices(Frost.of(Long.MAX_VALUE), Frost.of(Long.MAX_VALUE / 2));
    assertEquals(Frost.of(Long.MAX_VALUE), prices.storageCost(1, 1));
    AmountOverflowException e =
        assertThrows(AmountOverflowException.class, () -> prices.storageCost(1, 2));
    assertEquals(
        "FROST: got 9223372036854775807 * 1 * 2 = 18446744073709551614, expected at most"
            + " 9223372036854775807",
        e.getMessage());
    assertThrows(AmountOverflowException.class, () -> prices.writeFee(Long.MAX_VALUE));
    assertEquals(Frost.of(Long.MAX_VALUE - 1), prices.writeFee(Prices.UNIT_BYTES + 1));
    assertThrows(AmountOverflowException.class, () -> Frost.of(Long.MAX_VALUE).plus(Frost.of(1)));
    assertEquals(Frost.of(Long.MAX_VALUE), Frost.of(Long.MAX_VALUE).plus(Frost.ZERO));
  }

  @Test
  void negativeNumbersAreRefused() {
    Prices prices = new Prices(Frost.of(1), Frost.of(1));
    assertThrows(IllegalArgumentException.class, () -> prices.storageCost(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> prices.storageCost(1, -1));
    assertThrows(IllegalArgumentException.class, () -> prices.writeFee(-1));
    assertThrows(IllegalArgumentException.class, () -> Prices.storageUnits(-1));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1048576, 1", "1048577, 2", "9223372036854775807, 8796093022208"})
  void unitsAreRoundedUp(long bytes, long units) {
    assertEquals(units, Prices.storageUnits(bytes));
  }

  /** The rule in words: the lowest vote for which a quorum has voted as much or less. */
  @Property
  void lowestPriceThatAQuorumIsContentWith(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int nodes) {
    Random random = new Random(seed);
    List<PriceVote> votes = new ArrayList<>();
    int shards = 0;
    for (int i = 0; i < nodes; i++) {
      int weight = 1 + random.nextInt(5);
      shards += weight;
      votes.add(new PriceVote(Frost.of(random.nextInt(6)), weight));
    }
    long expected = Long.MAX_VALUE;
    for (PriceVote candidate : votes) {
      int content = 0;
      for (PriceVote vote : votes) {
        if (vote.price().compareTo(candidate.price()) <= 0) {
          content += vote.weight();
        }
      }
      if (3 * content >= 2 * shards + 1) {
        expected = Math.min(expected, candidate.price().value());
      }
    }
    assertEquals(Frost.of(expected), PriceVote.decide(votes), votes::toString);
    Collections.shuffle(votes, random);
    assertEquals(Frost.of(expected), PriceVote.decide(votes));
  }

  @Test
  void votesThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> PriceVote.decide(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new PriceVote(Frost.ZERO, -1));
    PriceVote heavy = new PriceVote(Frost.ZERO, Integer.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> PriceVote.decide(List.of(heavy, heavy)));
  }

  @Test
  void rewardsByWeightAndWhatIsStored() {
    Rewards rewards =
        Rewards.share(
            Frost.of(1000),
            100,
            List.of(
                new Rewards.Node(2, 0),
                new Rewards.Node(1, 50),
                new Rewards.Node(3, 1000),
                new Rewards.Node(0, 0)));
    // 200, 50, 0 and 0 of 250
    assertEquals(List.of(Frost.of(800), Frost.of(200), Frost.ZERO, Frost.ZERO), rewards.shares());
    assertEquals(Frost.ZERO, rewards.rest());
    assertEquals(
        new Rewards(List.of(Frost.ZERO), Frost.of(7)),
        Rewards.share(Frost.of(7), 0, List.of(new Rewards.Node(5, 0))));
    assertThrows(IllegalArgumentException.class, () -> Rewards.share(Frost.of(7), -1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Rewards.Node(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Rewards.Node(0, -1));
  }

  /** Nothing is lost, and rounding leaves less than one FROST for each node. */
  @Property
  void allRewardsAreAccountedFor(
      @ForAll @LongRange(min = 0) long rewards,
      @ForAll @LongRange(min = 1) long capacity,
      @ForAll @IntRange(min = 1, max = 20) int nodes,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Rewards.Node> list = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      list.add(new Rewards.Node(1 + random.nextInt(100), random.nextLong(capacity)));
    }
    Rewards shared = Rewards.share(Frost.of(rewards), capacity, list);
    long sum = shared.rest().value();
    for (Frost share : shared.shares()) {
      sum += share.value();
    }
    assertEquals(rewards, sum);
    assertTrue(shared.rest().value() < nodes);
  }
}
