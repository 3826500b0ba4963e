package io.redstuff.spark;

import io.redstuff.EncodingParameters;
import io.redstuff.codec.BulkBlobIds;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.spark.task.HadoopBlob;
import io.redstuff.spark.task.SliverSpill;
import io.redstuff.spark.task.TaskFailure;
import io.redstuff.spark.task.TaskWorkers;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Computes the ids of many files. One that cannot be read, or is too long, is a row with its error,
 * and the others go on.
 */
public final class BlobIdJob {
  /** Longer files are worked on by themselves, within the memory of the task. */
  static final long SMALL = 8L << 20;

  private static final String FILES = "files";
  private static final String BYTES = "bytes";
  private static final String FAILURES = "failures";

  private final SparkSession session;
  private final EncodingParameters parameters;
  private final long memory;
  private final boolean withMetadata;

  /**
   * A job.
   *
   * @param session the session
   * @param shards the number of shards, 4 to 49155
   * @param memory native memory of a task in bytes, beside what {@link
   *     io.redstuff.codec.WorkMemory#bulk} says for files of 8 MiB
   * @param withMetadata whether to give the metadata too, 66 bytes for each shard
   * @throws IllegalArgumentException if a number is out of its range
   */
  public BlobIdJob(SparkSession session, int shards, long memory, boolean withMetadata) {
    this.session = session;
    this.parameters = EncodingParameters.forShards(shards);
    this.memory = Workspace.ofMemory(memory).memoryBudget();
    this.withMetadata = withMetadata;
  }

  /**
   * Returns the ids of files, computed when they are asked for.
   *
   * @param uris the files; each is looked at once however often it comes
   * @return a row for each file, in the columns of {@link Tables#IDS}
   */
  public Dataset<Row> ids(Dataset<String> uris) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(session.sparkContext().hadoopConfiguration());
    return ids(Inputs.look(uris, session, configuration), configuration);
  }

  /**
   * Returns the ids of files that a table has not got yet.
   *
   * @param uris the files
   * @param done what an earlier run has written, in the columns of {@link Tables#IDS}; files that
   *     have changed since, and those that failed, are worked on again
   * @return a row for each other file
   */
  public Dataset<Row> ids(Dataset<String> uris, Dataset<Row> done) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(session.sparkContext().hadoopConfiguration());
    return ids(Inputs.notIn(Inputs.look(uris, session, configuration), done), configuration);
  }

  private Dataset<Row> ids(Dataset<Row> files, SerializableConfiguration configuration) {
    Counters counters = new Counters(session.sparkContext(), FILES, BYTES, FAILURES);
    int shards = parameters.shards();
    long budget = memory;
    boolean metadata = withMetadata;
    MapPartitionsFunction<Row, Row> compute =
        all -> new Ids(all, shards, budget, metadata, configuration.value(), counters);
    return files
        .repartition(Inputs.tasks(session, Long.MAX_VALUE))
        .mapPartitions(compute, Encoders.row(Tables.IDS));
  }

  /** Ids of the files of a task: some small ones at a time, long ones by themselves. */
  private static final class Ids implements Iterator<Row> {
    private static final int TOGETHER = 64;

    private final Iterator<Row> files;
    private final TaskWorkers workers;
    private final long memory;
    private final boolean withMetadata;
    private final Configuration configuration;
    private final Counters counters;
    private final Deque<Row> done = new ArrayDeque<>();

    Ids(
        Iterator<Row> files,
        int shards,
        long memory,
        boolean withMetadata,
        Configuration configuration,
        Counters counters) {
      this.files = files;
      this.workers = TaskWorkers.of(shards);
      this.memory = memory;
      this.withMetadata = withMetadata;
      this.configuration = configuration;
      this.counters = counters;
    }

    @Override
    public boolean hasNext() {
      List<Row> small = new ArrayList<>();
      while (done.isEmpty() && files.hasNext()) {
        Row file = files.next();
        String error = file.getAs(Tables.ERROR);
        if (error != null) {
          failed(file, error);
        } else if (file.<Long>getAs(Tables.LENGTH) <= SMALL) {
          small.add(file);
        } else {
          large(file);
        }
        if (small.size() == TOGETHER) {
          together(small);
          small.clear();
        }
      }
      if (!small.isEmpty()) {
        together(small);
      }
      return !done.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("ids: got all");
      }
      return done.remove();
    }

    private void together(List<Row> small) {
      try {
        workers
            .bulk()
            .<Row>compute(
                List.copyOf(small).iterator(),
                this::read,
                result -> {
                  switch (result) {
                    case BulkBlobIds.Computed<Row> computed ->
                        computed(computed.blob(), computed.metadata());
                    case BulkBlobIds.Failed<Row> failed ->
                        failed(failed.blob(), Inputs.reason(failed.cause()));
                  }
                });
      } catch (InterruptedException e) {
        throw TaskFailure.of(e);
      }
    }

    private MemorySegment read(Row file, Arena arena) throws IOException {
      try (HadoopBlob blob = HadoopBlob.open(file.getAs(Tables.URI), configuration)) {
        checkUnchanged(file, blob);
        MemorySegment bytes = arena.allocate(Math.max(blob.length(), 1), 64);
        MemorySegment whole = bytes.asSlice(0, blob.length());
        blob.read(0, whole);
        return whole;
      }
    }

    private void large(Row file) {
      try (HadoopBlob blob = HadoopBlob.open(file.getAs(Tables.URI), configuration)) {
        checkUnchanged(file, blob);
        Workspace workspace = Workspace.ofMemory(memory).spillingTo(SliverSpill.directory());
        computed(file, StreamEncoder.of(workers.codec(), workspace).metadata(blob));
      } catch (IOException | IllegalArgumentException e) {
        failed(file, Inputs.reason(e));
      }
    }

    private void computed(Row file, VerifiedMetadata metadata) {
      counters.add(FILES, 1);
      counters.add(BYTES, metadata.blobLength());
      done.add(
          RowFactory.create(
              metadata.blobId().toString(),
              metadata.blobLength(),
              file.getAs(Tables.URI),
              file.getAs(Tables.MODIFIED),
              withMetadata ? metadata.toBcs() : null,
              null));
    }

    private void failed(Row file, String error) {
      counters.add(FAILURES, 1);
      done.add(
          RowFactory.create(
              null,
              file.getAs(Tables.LENGTH),
              file.getAs(Tables.URI),
              file.getAs(Tables.MODIFIED),
              null,
              error));
    }
  }

  /** The length that was looked up decides what is skipped next time: it must be that of the id. */
  static void checkUnchanged(Row file, HadoopBlob blob) throws IOException {
    long expected = file.<Long>getAs(Tables.LENGTH);
    if (blob.length() != expected) {
      throw new IOException(
          "%s: got %s bytes, expected %s as before: it changes"
              .formatted(file.getAs(Tables.URI), blob.length(), expected));
    }
  }
}
