package io.redstuff.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What a job counts while it runs, to be seen in Spark's own pages, stage by stage and task by
 * task. A task that Spark runs once more counts once more: results are counted in what was written.
 */
public final class Counters implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** By the name that Spark's pages show. */
  private final LinkedHashMap<String, LongAccumulator> counters = new LinkedHashMap<>();

  /**
   * Registers counters.
   *
   * @param context where they are shown
   * @param names what they count
   */
  public Counters(SparkContext context, String... names) {
    for (String name : names) {
      counters.put(name, context.longAccumulator("redstuff: " + name));
    }
  }

  /**
   * Counts.
   *
   * @param name which counter
   * @param by how many more
   */
  public void add(String name, long by) {
    counters.get(name).add(by);
  }

  /** {@return the counts until now, by name} */
  public Map<String, Long> values() {
    Map<String, Long> values = new LinkedHashMap<>();
    counters.forEach((name, counter) -> values.put(name, counter.value()));
    return values;
  }
}
