package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallMeterTest {
  /** Where an array ends up that the compiler must not leave out. */
  private byte[] kept;

  @Test
  void countsWhatIsAllocatedAndNothingElse() {
    CallMeter meter = new CallMeter();
    assertEquals(0, meter.now(new Yardstick()).allocatedBytes());
    long bytes = meter.now(() -> kept = new byte[1000]).allocatedBytes();
    assertTrue(bytes >= 1000 && bytes <= 1100, () -> bytes + " bytes of " + kept.length);
  }

  @Test
  void moreWorkTakesLonger() {
    CallMeter meter = new CallMeter();
    Yardstick once = new Yardstick();
    double single = meter.settle(once, cost -> true, 0).nanos();
    double fourfold =
        meter
            .settle(
                () -> {
                  once.run();
                  once.run();
                  once.run();
                  once.run();
                },
                cost -> true,
                0)
            .nanos();
    assertTrue(fourfold > 2 * single, () -> fourfold + " ns after " + single);
  }

  @Test
  void goesOnUntilTheCostIsGoodEnough() {
    List<CallMeter.Cost> seen = new ArrayList<>();
    CallMeter.Cost last =
        new CallMeter()
            .settle(
                () -> {},
                cost -> {
                  seen.add(cost);
                  return seen.size() == 3;
                },
                Long.MAX_VALUE);
    assertEquals(3, seen.size());
    assertEquals(seen.getLast(), last);
  }

  @Test
  void givesUpWhenPatienceEnds() {
    List<CallMeter.Cost> seen = new ArrayList<>();
    new CallMeter()
        .settle(
            () -> {},
            cost -> {
              seen.add(cost);
              return false;
            },
            1);
    assertEquals(1, seen.size());
  }
}
