package io.redstuff.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Measurements in the JSON that JMH writes, from as many files as one likes. */
final class Results {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<Measurement> measurements;

  private Results(List<Measurement> measurements) {
    this.measurements = measurements;
  }

  /**
   * Reads files that exist and skips the others.
   *
   * @param files arrays as JMH writes them, or objects with such an array as {@code results}
   * @return what they hold, in order
   * @throws IllegalArgumentException if a file is not of this form
   */
  static Results read(Path... files) {
    List<Measurement> measurements = new ArrayList<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        JsonNode root = MAPPER.readTree(file);
        for (JsonNode result : root.isArray() ? root : root.path("results")) {
          try {
            measurements.add(measurement(result));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
          }
        }
      }
    }
    return new Results(measurements);
  }

  /**
   * The measurements that are meant.
   *
   * @param query says which
   * @return them, in the order of the files
   */
  Stream<Measurement> all(Query query) {
    return measurements.stream().filter(query::matches);
  }

  /**
   * The only measurement that is meant.
   *
   * @param query says which
   * @return it; empty if there is none
   * @throws IllegalArgumentException if the query fits more than one
   */
  Optional<Measurement> one(Query query) {
    List<Measurement> found = all(query).toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(query + " fits " + found.size() + " measurements");
    }
    return found.stream().findFirst();
  }

  private static Measurement measurement(JsonNode result) {
    String benchmark = result.path("benchmark").asString();
    String mode = result.path("mode").asString();
    if (!mode.equals("avgt")) {
      throw new IllegalArgumentException(benchmark + ": got mode " + mode + ", expected avgt");
    }
    Map<String, String> params = new LinkedHashMap<>();
    result
        .path("params")
        .properties()
        .forEach(param -> params.put(param.getKey(), param.getValue().asString()));
    JsonNode metric = result.path("primaryMetric");
    double unit = nanos(metric.path("scoreUnit").asString());
    JsonNode allocated = result.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
    return new Measurement(
        benchmark,
        params,
        number(metric.path("score")) * unit,
        number(metric.path("scoreError")) * unit,
        allocated.isNumber() ? OptionalDouble.of(allocated.doubleValue()) : OptionalDouble.empty());
  }

  /** JMH writes NaN as text. */
  private static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  private static double nanos(String unit) {
    return switch (unit) {
      case "ns/op" -> 1;
      case "us/op" -> 1e3;
      case "ms/op" -> 1e6;
      case "s/op" -> 1e9;
      default -> throw new IllegalArgumentException("no time per operation: " + unit);
    };
  }
}
