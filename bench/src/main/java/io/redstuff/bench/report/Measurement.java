package io.redstuff.bench.report;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The average time of one operation.
 *
 * @param benchmark full name of what was measured
 * @param params its parameters by name
 * @param nanos nanoseconds per operation
 * @param error half the width of the 99.9 % confidence interval, in nanoseconds; NaN if unknown
 * @param allocated bytes of heap that an operation allocates, if that was counted
 */
record Measurement(
    String benchmark,
    Map<String, String> params,
    double nanos,
    double error,
    OptionalDouble allocated) {
  Measurement {
    params = Map.copyOf(params);
  }

  /**
   * A parameter that is a number.
   *
   * @param name its name
   * @return its value; empty if there is no such parameter
   */
  Optional<Long> number(String name) {
    return Optional.ofNullable(params.get(name)).map(Long::valueOf);
  }
}
