package io.redstuff.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measurements in the JSON that JMH writes, and how the report prints them. Topics call the public
 * methods. A query says which measurements are meant: the last parts of a benchmark's name, then
 * parameters, or what else JMH says of them as the {@code mode}, that have these values; others may
 * have any, as in {@code BlobIdBenchmark.blobId shards=1000 engine=scalar}. A number that is not
 * there is NaN, and a dash in a cell.
 */
public final class Results {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<JsonNode> measurements = new ArrayList<>();

  /**
   * Reads files that exist: arrays as JMH writes them, or objects with such an array as results.
   */
  Results(Path... files) {
    for (Path file : files) {
      JsonNode root = Files.exists(file) ? MAPPER.readTree(file) : MAPPER.createArrayNode();
      (root.isArray() ? root : root.path("results")).forEach(measurements::add);
    }
  }

  /** The average time of one operation, in nanoseconds. */
  public double nanos(String query) {
    return one(query).map(Results::nanos).orElse(Double.NaN);
  }

  /** Bytes of heap that an operation allocates. */
  public double heap(String query) {
    String path = "/secondaryMetrics/gc.alloc.rate.norm/score";
    return one(query).map(m -> m.at(path).asDouble(Double.NaN)).orElse(Double.NaN);
  }

  /** A time and half its 99.9 % confidence interval, as in {@code 12.3 ± 0.45 ms}. */
  public String time(String query, String otherwise) {
    return one(query)
        .map(
            m -> {
              double error = unit(m) * m.at("/primaryMetric/scoreError").asDouble(Double.NaN);
              return figure(nanos(m), error, " ns", " us", " ms", " s");
            })
        .orElse(otherwise);
  }

  /**
   * Three digits that count, in the largest unit that is reached: each is a thousand of the last.
   */
  public String figure(double number, String... units) {
    return figure(number, Double.NaN, units);
  }

  /** The measurements that are meant, in the order of the files. */
  List<JsonNode> all(String query) {
    return measurements.stream().filter(measurement -> fits(measurement, query)).toList();
  }

  /** Nanoseconds of an operation. */
  static double nanos(JsonNode measurement) {
    return unit(measurement) * measurement.at("/primaryMetric/score").asDouble();
  }

  private Optional<JsonNode> one(String query) {
    List<JsonNode> found = all(query);
    if (found.size() > 1) {
      throw new IllegalArgumentException(query + " fits " + found.size() + " measurements");
    }
    return found.stream().findFirst();
  }

  private static boolean fits(JsonNode measurement, String query) {
    String[] words = query.split(" ", -1);
    boolean fits = ("." + measurement.path("benchmark").asString()).endsWith("." + words[0]);
    for (String word : List.of(words).subList(1, words.length)) {
      if (word.startsWith("-")) {
        fits &=
            measurement.path("jvmArgs").valueStream().anyMatch(arg -> arg.asString().equals(word));
        continue;
      }
      String name = word.substring(0, word.indexOf('='));
      JsonNode params = measurement.path("params");
      JsonNode owner = params.has(name) ? params : measurement;
      fits &= word.equals(name + "=" + owner.path(name).asString());
    }
    return fits;
  }

  private static double unit(JsonNode measurement) {
    return switch (measurement.at("/primaryMetric/scoreUnit").asString()) {
      case "ns/op" -> 1;
      case "us/op" -> 1e3;
      case "ms/op" -> 1e6;
      case "s/op" -> 1e9;
      case String unit ->
          throw new IllegalArgumentException(
              measurement.path("benchmark") + ": got " + unit + ", expected a time per operation");
    };
  }

  private static String figure(double number, double error, String... units) {
    int unit = 0;
    double scale = 1;
    // 999.5 would be printed as 1000.
    for (; number / scale >= 999.5 && unit < units.length - 1; unit++) {
      scale *= 1000;
    }
    String spread = Double.isNaN(error) ? "" : " ± " + digits(error / scale, 2);
    return Double.isNaN(number) ? "–" : digits(number / scale, 3) + spread + units[unit];
  }

  private static String digits(double number, int digits) {
    if (number == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_UP));
    // 2 and 0.5 get the zeros that make them digits which count.
    int decimals = Math.max(0, rounded.scale() + digits - rounded.precision());
    return rounded.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
  }
}
