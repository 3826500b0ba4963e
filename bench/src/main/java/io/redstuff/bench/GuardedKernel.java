package io.redstuff.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * A piece of the library that {@link KernelGuard} watches, and what is expected of it.
 *
 * @param name for people
 * @param bytes what one call works on; each kernel has its own meaning of it
 * @param floor the least speed, in bytes per byte of the {@link Yardstick}
 * @param allocationLimit the most bytes that a call may allocate
 * @param call the call
 */
record GuardedKernel(String name, long bytes, double floor, long allocationLimit, Runnable call) {
  /** The speed of the kernel by that of the yardstick, from the times of a call and of a run. */
  double ratio(double nanos, double yardstickNanos) {
    return bytes / nanos * (yardstickNanos / Yardstick.BYTES);
  }

  /** What is wrong with a measurement, if anything. */
  Optional<String> complaint(CallMeter.Cost cost, double yardstickNanos) {
    if (cost.allocatedBytes() > allocationLimit) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s: allocates %,d bytes a call, expected at most %,d (vectors kept as objects?)",
              name,
              cost.allocatedBytes(),
              allocationLimit));
    }
    double ratio = ratio(cost.nanos(), yardstickNanos);
    if (ratio < floor) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s: %.3f times the speed of the yardstick, expected at least %.3f",
              name,
              ratio,
              floor));
    }
    return Optional.empty();
  }

  /** A line of the guard's table. */
  String line(CallMeter.Cost cost, double yardstickNanos) {
    return String.format(
        Locale.ROOT,
        KernelGuard.ROW,
        name,
        String.format(Locale.ROOT, "%.3f", ratio(cost.nanos(), yardstickNanos)),
        String.format(Locale.ROOT, "%.3f", floor),
        String.format(Locale.ROOT, "%,d", cost.allocatedBytes()),
        String.format(Locale.ROOT, "%,d", allocationLimit),
        complaint(cost, yardstickNanos).isEmpty() ? "good" : "BAD");
  }
}
