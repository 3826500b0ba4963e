package io.redstuff.bench.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the time of a blob goes.
 *
 * @param phases by the name of the blob, by the name of the phase, milliseconds
 */
record Breakdown(Map<String, Map<String, Double>> phases) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Reads a breakdown.
   *
   * @param file an object with an object for each blob, which has the milliseconds of each phase:
   *     {@code {"64 MiB": {"leaves": 80.5, "row code": 12}}}
   * @return the breakdown
   * @throws IllegalArgumentException if the file is not of this form
   */
  static Breakdown read(Path file) {
    Map<String, Map<String, Double>> phases = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> blob : MAPPER.readTree(file).properties()) {
      Map<String, Double> times = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> phase : blob.getValue().properties()) {
        if (!phase.getValue().isNumber()) {
          throw new IllegalArgumentException(
              file + ": " + phase.getKey() + ": got " + phase.getValue() + ", expected a number");
        }
        times.put(phase.getKey(), phase.getValue().doubleValue());
      }
      if (times.isEmpty()) {
        throw new IllegalArgumentException(file + ": " + blob.getKey() + " has no phases");
      }
      phases.put(blob.getKey(), times);
    }
    return new Breakdown(phases);
  }

  /** The times and their shares. */
  Table table() {
    Table table = new Table(2, List.of("blob", "phase", "time", "share"));
    phases.forEach(
        (blob, times) -> {
          double sum = times.values().stream().mapToDouble(Double::doubleValue).sum();
          times.forEach(
              (phase, millis) ->
                  table.add(
                      List.of(
                          blob,
                          phase,
                          Figures.time(millis * 1e6),
                          Math.round(100 * millis / sum) + " %")));
        });
    return table;
  }
}
