package io.redstuff.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once and stay what they were, though a job writes to where they were read
 * from. A persisted {@link Dataset} does not: Spark computes it anew when its files change.
 *
 * @param rows the rows
 * @param kept what is kept of them
 */
public record Kept(Dataset<Row> rows, JavaRDD<Row> kept) implements AutoCloseable {
  /**
   * {@return rows to be kept, in memory or on the disks of executors, when they are first computed}
   *
   * @param rows the rows
   */
  public static Kept of(Dataset<Row> rows) {
    JavaRDD<Row> kept = rows.toJavaRDD().persist(StorageLevel.MEMORY_AND_DISK());
    return new Kept(rows.sparkSession().createDataFrame(kept, rows.schema()), kept);
  }

  /** Keeps them no longer. */
  @Override
  public void close() {
    kept.unpersist();
  }
}
