package io.redstuff.bench.report;

import java.util.Optional;
import java.util.OptionalDouble;

/** What cells of tables say. */
final class Cells {
  private Cells() {}

  /** Our time, which should be there. */
  static String ours(Optional<Measurement> measurement) {
    return measurement.map(Cells::time).orElse("not measured");
  }

  /** A time that others may not have. */
  static String theirs(Optional<Measurement> measurement) {
    return measurement.map(Cells::time).orElse(Figures.NONE);
  }

  /** How many times as fast the second is. */
  static OptionalDouble ratio(Optional<Measurement> slow, Optional<Measurement> fast) {
    return slow.isPresent() && fast.isPresent()
        ? OptionalDouble.of(slow.get().nanos() / fast.get().nanos())
        : OptionalDouble.empty();
  }

  /** A ratio, if there is one. */
  static String ratio(OptionalDouble ratio) {
    return ratio.isPresent() ? Figures.ratio(ratio.getAsDouble()) : Figures.NONE;
  }

  /**
   * A goal.
   *
   * @param atLeast what to reach; 0 if no goal was set
   * @param unit of what, directly behind the number
   */
  static String goal(double atLeast, String unit) {
    return atLeast == 0 ? Figures.NONE : Figures.plain(atLeast) + unit;
  }

  /** Whether a goal is met: yes, no, or nothing if there is no goal or no measurement. */
  static String met(double atLeast, OptionalDouble reached) {
    if (atLeast == 0 || reached.isEmpty()) {
      return Figures.NONE;
    }
    return reached.getAsDouble() >= atLeast ? "yes" : "**no**";
  }

  private static String time(Measurement measurement) {
    return Figures.time(measurement.nanos(), measurement.error());
  }
}
