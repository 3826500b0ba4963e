package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The verdict on given numbers; the numbers themselves are for a quiet machine. */
class GuardedKernelTest {
  /** The yardstick runs at one byte a nanosecond. */
  private static final double UNIT = Yardstick.BYTES;

  private static final GuardedKernel KERNEL =
      new GuardedKernel("butterflies", 1000, 4, 0, () -> {});

  private static Optional<String> complaint(GuardedKernel kernel, double nanos, long allocated) {
    return kernel.complaint(new CallMeter.Cost(nanos, allocated), UNIT);
  }

  @Test
  void speedIsBytesPerByteOfTheYardstick() {
    assertEquals(5, KERNEL.ratio(200, UNIT));
    assertEquals(
        10, KERNEL.ratio(200, 2 * UNIT), "the slower the yardstick, the better the kernel");
  }

  @Test
  void theFloorItselfIsGood() {
    assertEquals(Optional.empty(), complaint(KERNEL, 100, 0));
    assertEquals(Optional.empty(), complaint(KERNEL, 250, 0));
  }

  @Test
  void belowTheFloorNamesKernelSpeedAndFloor() {
    assertEquals(
        Optional.of("butterflies: 0.400 times the speed of the yardstick, expected at least 4.000"),
        complaint(KERNEL, 2500, 0));
  }

  @Test
  void oneByteOverTheLimitIsNamedHoweverFast() {
    assertEquals(
        Optional.of(
            "butterflies: allocates 1 bytes a call, expected at most 0 (vectors kept as objects?)"),
        complaint(KERNEL, 1, 1));
    GuardedKernel whole = new GuardedKernel("blob id", 1000, 4, 5000, () -> {});
    assertEquals(Optional.empty(), complaint(whole, 1, 5000));
    assertTrue(complaint(whole, 1, 5001).isPresent());
  }

  @Test
  void theLineOfTheTableSaysWhichIsBad() {
    assertTrue(KERNEL.line(new CallMeter.Cost(100, 0), UNIT).matches("(?s).*10\\.000.*good\\s*"));
    assertTrue(KERNEL.line(new CallMeter.Cost(2500, 0), UNIT).matches("(?s).*0\\.400.*BAD\\s*"));
  }
}
