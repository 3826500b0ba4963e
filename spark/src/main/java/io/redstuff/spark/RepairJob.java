package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import io.redstuff.Axis;
import io.redstuff.spark.task.RowsOf;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Restores what a scrub found lost. Where few slivers of a blob are lost, symbols travel; where
 * many are, whole slivers do, once for all of them. Which is less is decided for each blob.
 * Everything that was restored is compared with the hash that the blob commits to, before it goes
 * to the archive.
 *
 * <p>Blobs come in batches, each of which the archive gets as a whole; so a run that ended goes on
 * after the next scrub.
 */
public final class RepairJob {
  static final String RESTORED = "slivers restored";
  static final String FAILURES = "slivers that cannot be restored";

  /** What a batch of plans may take on the driver and on each executor. */
  private static final long BATCH_BYTES = 16L << 20;

  private final Archive archive;
  private final long memory;

  /**
   * A job.
   *
   * @param archive what to repair
   * @param memory native memory of a task in bytes
   * @throws IllegalArgumentException if it is not positive
   */
  public RepairJob(Archive archive, long memory) {
    if (memory < 1) {
      throw new IllegalArgumentException("memory: got " + memory + ", expected 1 or more");
    }
    this.archive = archive;
    this.memory = memory;
  }

  /**
   * What came of it.
   *
   * @param bySymbols how many blobs were repaired by symbols
   * @param bySlivers how many by whole slivers
   * @param left how many cannot be decoded, or not without a sliver that has a bad copy
   * @param lost how many slivers the others had lost
   * @param restored how many of these the archive has got
   */
  public record Report(long bySymbols, long bySlivers, long left, long lost, long restored) {}

  /**
   * Repairs.
   *
   * @param findings of a {@link ScrubJob} on this archive since it was last changed, better from
   *     where they were written than computed once more
   * @return what came of it
   */
  public Report run(Dataset<Row> findings) {
    int shards = archive.nodes().shards();
    Iterator<Row> damaged = findings.where(expr("size(lost) > 0")).toLocalIterator();
    long undecodable =
        findings.where(col(ScrubJob.FAULT).isNotNull().or(not(col(ScrubJob.DECODABLE)))).count();
    long[] numbers = new long[4];
    long left = undecodable;
    Map<String, RepairPlan> batch = new HashMap<>();
    long bytes = 0;
    while (damaged.hasNext()) {
      Row finding = damaged.next();
      if (finding.<Boolean>getAs(ScrubJob.DECODABLE) && finding.getAs(ScrubJob.FAULT) == null) {
        try {
          RepairPlan plan = RepairPlan.of(shards, finding);
          batch.put(plan.blob().toString(), plan);
          bytes += plan.bytes();
        } catch (IllegalArgumentException e) {
          left++;
        }
      }
      if (!batch.isEmpty() && (bytes > BATCH_BYTES || !damaged.hasNext())) {
        repair(batch, numbers);
        batch = new HashMap<>();
        bytes = 0;
      }
    }
    return new Report(numbers[0], numbers[1], left, numbers[2], numbers[3]);
  }

  private void repair(Map<String, RepairPlan> batch, long[] numbers) {
    SparkSession session = archive.session();
    long before = archive.slivers().count();
    Broadcast<Map<String, RepairPlan>> plans =
        JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(batch);
    try {
      Counters counters = new Counters(session.sparkContext(), RESTORED, FAILURES);
      Encoding encoding = new Encoding(archive.nodes(), memory);
      Dataset<Row> restored = session.createDataFrame(List.of(), Tables.ARCHIVE);
      if (isUsed(batch, RepairPlan.Way.SYMBOLS)) {
        restored = restored.union(bySymbols(new SymbolRepair(encoding, plans), counters));
      }
      if (isUsed(batch, RepairPlan.Way.SLIVERS)) {
        restored = restored.union(bySlivers(new WholeRepair(encoding, plans), counters));
      }
      archive.append(EncodeJob.byPlace(restored, archive));
    } finally {
      plans.destroy();
    }
    for (RepairPlan plan : batch.values()) {
      numbers[plan.way() == RepairPlan.Way.SYMBOLS ? 0 : 1]++;
      for (Axis axis : Axis.values()) {
        numbers[2] += plan.lost(axis).length;
      }
    }
    numbers[3] += archive.slivers().count() - before;
  }

  private static boolean isUsed(Map<String, RepairPlan> batch, RepairPlan.Way way) {
    return batch.values().stream().anyMatch(plan -> plan.way() == way);
  }

  private Dataset<Row> bySymbols(SymbolRepair repair, Counters counters) {
    FlatMapFunction<Row, Row> cut = repair::cut;
    MapFunction<Row, String> key = row -> Tables.text(SymbolRepair.SYMBOLS, row, "key");
    FlatMapGroupsFunction<String, Row, Row> restore =
        (group, symbols) -> repair.restore(group, symbols, counters);
    return archive
        .slivers()
        .select(Tables.BLOB, Tables.AXIS, Tables.INDEX, Tables.BCS)
        .flatMap(cut, Encoders.row(SymbolRepair.SYMBOLS))
        .groupByKey(key, Encoders.STRING())
        .flatMapGroups(restore, Encoders.row(Tables.ARCHIVE));
  }

  private Dataset<Row> bySlivers(WholeRepair repair, Counters counters) {
    FilterFunction<Row> needed = repair::isNeeded;
    MapFunction<Row, byte[]> blob = row -> row.getAs(Tables.BLOB);
    FlatMapGroupsFunction<byte[], Row, Row> restore =
        (id, rows) ->
            new RowsOf<>(List.of(id).iterator(), one -> repair.restore(one, rows, counters));
    return archive
        .slivers()
        .union(archive.rows(Archive.METADATA))
        .select(Tables.BLOB, Tables.AXIS, Tables.INDEX, Tables.BCS)
        .filter(needed)
        .groupByKey(blob, Encoders.BINARY())
        .flatMapGroups(restore, Encoders.row(Tables.ARCHIVE));
  }
}
