package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;

import io.redstuff.spark.task.HadoopBlob;
import io.redstuff.spark.task.RowsOf;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Encodes files into an {@link Archive}: slivers grouped by the node that keeps them, and metadata.
 * Each file is encoded once, by a task that takes no more than its budget.
 *
 * <p>Files come in batches, each of which the archive gets as a whole. A second run skips the files
 * that are there, by URI, length and time, and so goes on where an ended one stopped. What cannot
 * be read, or is too long, is a row among the failures, and is tried again.
 */
public final class EncodeJob {
  private final Archive archive;
  private final long memory;
  private final long batch;

  /**
   * A job.
   *
   * @param archive where to put the encodings
   * @param memory native memory of a task in bytes
   * @param batch how many files are committed together
   * @throws IllegalArgumentException if a number is not positive
   */
  public EncodeJob(Archive archive, long memory, long batch) {
    if (memory < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "got %s bytes of memory and %s files a batch, expected 1 or more"
              .formatted(memory, batch));
    }
    this.archive = archive;
    this.memory = memory;
    this.batch = batch;
  }

  /**
   * What came of it.
   *
   * @param files how many there were
   * @param skipped how many of them the archive had
   * @param encoded how many it has got
   * @param failed how many it has not
   * @param bytes the length of those that it got
   */
  public record Report(long files, long skipped, long encoded, long failed, long bytes) {}

  /**
   * Encodes files.
   *
   * @param uris the files
   * @return what came of it, counted in the archive
   */
  public Report run(Dataset<String> uris) {
    SparkSession session = archive.session();
    SerializableConfiguration configuration = archive.configuration();
    try (Kept files = Kept.of(Inputs.look(uris, session, configuration));
        Kept todo = Kept.of(Inputs.notIn(files.rows(), archive.rows(Archive.METADATA)))) {
      return run(files.rows().count(), todo.rows(), configuration);
    }
  }

  private Report run(long files, Dataset<Row> todo, SerializableConfiguration configuration) {
    SparkSession session = archive.session();
    long count = todo.count();
    Counters counters =
        new Counters(
            session.sparkContext(),
            Encoding.BLOBS,
            Encoding.BYTES,
            Encoding.SLIVERS,
            Encoding.FAILURES);
    Encoding encoding = new Encoding(archive.nodes(), memory);
    int batches = Math.toIntExact(Math.ceilDiv(count, batch));
    for (int i = 0; i < batches; i++) {
      Dataset<Row> some = todo.where(pmod(hash(col(Tables.URI)), lit(batches)).equalTo(i));
      MapPartitionsFunction<Row, Row> encode =
          all -> new RowsOf<>(all, file -> encode(encoding, file, configuration.value(), counters));
      archive.append(
          byPlace(
              some.repartition(Inputs.tasks(session, count))
                  .mapPartitions(encode, Encoders.row(Tables.ARCHIVE)),
              archive));
    }
    // the archive is read anew
    Dataset<Row> whole = archive.rows(Archive.METADATA);
    Dataset<Row> left = Inputs.notIn(todo, whole);
    long failed = left.count();
    Long bytes = Inputs.in(todo, whole).agg(sum(Tables.LENGTH)).first().getAs(0);
    return new Report(files, files - count, count - failed, failed, bytes == null ? 0 : bytes);
  }

  /**
   * Brings what belongs to one place together by hashing, so that each node gets few large files. A
   * range partitioning would take samples first, and so encode twice.
   */
  static Dataset<Row> byPlace(Dataset<Row> rows, Archive archive) {
    int tasks = archive.session().sparkContext().defaultParallelism();
    int perPlace = Math.ceilDiv(tasks, archive.nodes().count() + 1);
    return rows.repartition(tasks, col(Tables.PLACE), pmod(hash(col(Tables.BLOB)), lit(perPlace)));
  }

  private static RowsOf.Made encode(
      Encoding encoding, Row file, Configuration configuration, Counters counters) {
    String uri = file.getAs(Tables.URI);
    Long modified = file.getAs(Tables.MODIFIED);
    String error = file.getAs(Tables.ERROR);
    if (error == null) {
      try (HadoopBlob blob = HadoopBlob.open(uri, configuration)) {
        BlobIdJob.checkUnchanged(file, blob);
        return encoding.encode(blob, new Encoding.Origin(uri, modified), _ -> List.of(), counters);
      } catch (IOException | IllegalArgumentException e) {
        error = Inputs.reason(e);
      }
    }
    counters.add(Encoding.FAILURES, 1);
    return Encoding.alone(Encoding.failure(uri, modified, null, file.getAs(Tables.LENGTH), error));
  }
}
