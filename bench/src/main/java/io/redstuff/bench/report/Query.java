package io.redstuff.bench.report;

import java.util.Map;

/**
 * Says which measurements are meant.
 *
 * @param benchmark the last parts of the name: {@code BlobIdBenchmark.blobId}
 * @param params parameters that have these values; others may have any
 */
record Query(String benchmark, Map<String, String> params) {
  Query {
    params = Map.copyOf(params);
  }

  /**
   * Asks for a benchmark.
   *
   * @param benchmark the last parts of its name
   * @param params names and values of parameters, in turn
   * @return the query
   */
  static Query of(String benchmark, Object... params) {
    return new Query(benchmark, Params.of(params));
  }

  /**
   * Whether a measurement is meant.
   *
   * @param measurement the measurement
   * @return true if name and parameters fit
   */
  boolean matches(Measurement measurement) {
    String name = measurement.benchmark();
    return (name.equals(benchmark) || name.endsWith("." + benchmark))
        && measurement.params().entrySet().containsAll(params.entrySet());
  }
}
