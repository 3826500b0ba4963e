package io.redstuff.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters by name, as benchmarks have them: numbers, too, are text. */
final class Params {
  private Params() {}

  /**
   * Pairs names and values.
   *
   * @param namesAndValues a name, its value, the next name and so on
   * @return the values by name, in this order
   * @throws IllegalArgumentException if the last name has no value
   */
  static Map<String, String> of(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a parameter without a value: " + namesAndValues[namesAndValues.length - 1]);
    }
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
    return params;
  }
}
