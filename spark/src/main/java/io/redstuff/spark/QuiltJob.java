package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.spark.task.HadoopBlob;
import io.redstuff.spark.task.RowsOf;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Packs many small files into quilts, encodes these into an {@link Archive}, and puts down where
 * each file is. Files of about one length share a quilt, since each takes whole columns of it: so
 * little of it stays empty.
 *
 * <p>A second run skips the files that are in a quilt, by URI, length and time.
 */
public final class QuiltJob {
  /** What the index of a quilt may take; with names of a hundred characters it takes some. */
  private static final int INDEX_COLUMNS = 10;

  /** Files that a task sorts, on its heap by name. */
  private static final long SORTED_TOGETHER = 100_000;

  private static final String FILES = "packed files";
  private static final String GROUP = "files";

  private static final StructType GROUPS =
      Tables.table(Tables.field(GROUP, DataTypes.createArrayType(Tables.FILES)));

  private final Archive archive;
  private final String base;
  private final long memory;
  private final long quiltBytes;

  /**
   * A job.
   *
   * @param archive where to put the quilts
   * @param base what is left away from the URIs of files to get their names; what has another
   *     beginning is called by its URI
   * @param memory native memory of a task in bytes
   * @param quiltBytes how long the files of one quilt may be together, unless it is one file
   * @throws IllegalArgumentException if a number is not positive
   */
  public QuiltJob(Archive archive, String base, long memory, long quiltBytes) {
    if (memory < 1 || quiltBytes < 1) {
      throw new IllegalArgumentException(
          "got %s bytes of memory and quilts of %s bytes, expected 1 or more"
              .formatted(memory, quiltBytes));
    }
    this.archive = archive;
    this.base = base;
    this.memory = memory;
    this.quiltBytes = quiltBytes;
  }

  /**
   * What came of it.
   *
   * @param files how many there were
   * @param skipped how many of them were in a quilt
   * @param packed how many are in one now
   * @param failed how many are in none
   * @param quilts how many quilts there are of those that were packed
   * @param fill which part of these quilts is files, from 0 to 1
   */
  public record Report(
      long files, long skipped, long packed, long failed, long quilts, double fill) {}

  /**
   * Packs files.
   *
   * @param uris the files
   * @return what came of it, counted in the archive
   */
  public Report run(Dataset<String> uris) {
    SparkSession session = archive.session();
    SerializableConfiguration configuration = archive.configuration();
    try (Kept files = Kept.of(Inputs.look(uris, session, configuration));
        Kept todo = Kept.of(Inputs.notIn(files.rows(), archive.rows(Archive.PATCHES)))) {
      return run(files.rows().count(), todo.rows(), configuration);
    }
  }

  private Report run(long files, Dataset<Row> todo, SerializableConfiguration configuration) {
    SparkSession session = archive.session();
    long count = todo.count();
    if (count > 0) {
      Counters counters =
          new Counters(
              session.sparkContext(),
              FILES,
              Encoding.BLOBS,
              Encoding.BYTES,
              Encoding.SLIVERS,
              Encoding.FAILURES);
      Packer packer =
          new Packer(new Encoding(archive.nodes(), memory), base, quiltBytes, configuration);
      int parts = Math.toIntExact(Math.ceilDiv(count, SORTED_TOGETHER));
      MapPartitionsFunction<Row, Row> plan = packer::plan;
      MapPartitionsFunction<Row, Row> encode =
          groups -> new RowsOf<>(groups, group -> packer.pack(group, counters));
      archive.append(
          EncodeJob.byPlace(
              todo.repartition(parts, pmod(hash(col(Tables.URI)), lit(parts)))
                  .mapPartitions(plan, Encoders.row(GROUPS))
                  .repartition(Inputs.tasks(session, Long.MAX_VALUE))
                  .mapPartitions(encode, Encoders.row(Tables.ARCHIVE)),
              archive));
    }
    return report(files, count, todo);
  }

  private Report report(long files, long count, Dataset<Row> todo) {
    Dataset<Row> patches = archive.rows(Archive.PATCHES);
    long failed = Inputs.notIn(todo, patches).count();
    Dataset<Row> packed =
        patches.join(
            Inputs.in(todo, patches).select(col(Tables.URI).as("todoUri")),
            col(Tables.URI).equalTo(col("todoUri")),
            "left_semi");
    Row sums = packed.agg(countDistinct(Tables.BLOB), sum(Tables.LENGTH)).first();
    long quilts = sums.getLong(0);
    long bytes = sums.isNullAt(1) ? 0 : sums.getLong(1);
    long capacity = 0;
    for (Row quilt :
        archive
            .rows(Archive.METADATA)
            .join(
                packed.select(col(Tables.BLOB).as("quilt")).distinct(),
                col(Tables.BLOB).equalTo(col("quilt")),
                "left_semi")
            .groupBy(Tables.LENGTH)
            .count()
            .collectAsList()) {
      capacity += archive.parameters().paddedLength(quilt.getLong(0)) * quilt.getLong(1);
    }
    double fill = capacity == 0 ? 0 : (double) bytes / capacity;
    return new Report(files, files - count, count - failed, failed, quilts, fill);
  }

  /**
   * Plans quilts and packs them, within a task.
   *
   * @param encoding what encodes them
   * @param base what the identifiers of files leave out of their URIs
   * @param quiltBytes the most bytes of files in a quilt
   * @param configuration of the file systems
   */
  private record Packer(
      Encoding encoding, String base, long quiltBytes, SerializableConfiguration configuration)
      implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    private EncodingParameters parameters() {
      return EncodingParameters.forShards(encoding.nodes().shards());
    }

    /** Groups the files of a partition, the same whenever it is asked. */
    Iterator<Row> plan(Iterator<Row> files) {
      List<Row> sorted = new ArrayList<>();
      List<Row> groups = new ArrayList<>();
      while (files.hasNext()) {
        Row file = files.next();
        if (file.getAs(Tables.ERROR) == null) {
          sorted.add(file);
        } else {
          groups.add(group(List.of(file)));
        }
      }
      sorted.sort(
          Comparator.<Row, Long>comparing(file -> file.<Long>getAs(Tables.LENGTH))
              .reversed()
              .thenComparing(file -> file.<String>getAs(Tables.URI)));
      int most = Math.max(1, parameters().secondarySourceSymbols() - INDEX_COLUMNS);
      List<Row> group = new ArrayList<>();
      long bytes = 0;
      for (Row file : sorted) {
        long length = file.<Long>getAs(Tables.LENGTH);
        if (group.size() == most || (!group.isEmpty() && bytes + length > quiltBytes)) {
          groups.add(group(group));
          group = new ArrayList<>();
          bytes = 0;
        }
        group.add(file);
        bytes += length;
      }
      if (!group.isEmpty()) {
        groups.add(group(group));
      }
      return groups.iterator();
    }

    private static Row group(List<Row> files) {
      return RowFactory.create((Object) files.toArray(new Row[0]));
    }

    /** Packs a group and encodes the quilt; files that cannot be packed are left out and told. */
    RowsOf.Made pack(Row group, Counters counters) {
      List<Row> failures = new ArrayList<>();
      List<Row> files = new ArrayList<>();
      List<QuiltFile> contents = new ArrayList<>();
      Arena arena = Arena.ofConfined();
      try {
        for (Row file : group.<Row>getList(0)) {
          String error = file.getAs(Tables.ERROR);
          if (error == null) {
            try {
              contents.add(file(file, arena));
              files.add(file);
            } catch (IOException | IllegalArgumentException e) {
              error = Inputs.reason(e);
            }
          }
          if (error != null) {
            failures.add(failure(file, error));
          }
        }
        List<Row> quilt = new ArrayList<>();
        RowsOf.Made made = null;
        if (!files.isEmpty()) {
          try {
            made = encode(files, contents, counters);
          } catch (IOException | IllegalArgumentException e) {
            files.forEach(file -> quilt.add(failure(file, Inputs.reason(e))));
          }
        }
        failures.addAll(quilt);
        counters.add(Encoding.FAILURES, failures.size());
        Iterator<Row> told = failures.iterator();
        if (made == null) {
          return RowsOf.Made.of(told);
        }
        Iterator<Row> rows = made.rows();
        return new RowsOf.Made(
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return told.hasNext() || rows.hasNext();
              }

              @Override
              public Row next() {
                return told.hasNext() ? told.next() : rows.next();
              }
            },
            made.end());
      } finally {
        arena.close();
      }
    }

    private static Row failure(Row file, String error) {
      return Encoding.failure(
          file.getAs(Tables.URI),
          file.getAs(Tables.MODIFIED),
          null,
          file.getAs(Tables.LENGTH),
          error);
    }

    /** Reads a file that is short; a longer one is opened whenever something of it is read. */
    private QuiltFile file(Row file, Arena arena) throws IOException {
      String uri = file.getAs(Tables.URI);
      BlobSource contents;
      try (HadoopBlob blob = HadoopBlob.open(uri, configuration.value())) {
        BlobIdJob.checkUnchanged(file, blob);
        if (blob.length() > encoding.memory() / (4L * parameters().shards())) {
          contents = new ReopenedBlob(uri, blob.length(), configuration.value());
        } else {
          MemorySegment bytes = arena.allocate(Math.max(1, blob.length()), 1);
          MemorySegment whole = bytes.asSlice(0, blob.length());
          blob.read(0, whole);
          contents = BlobSource.of(whole);
        }
      }
      String name = uri.startsWith(base) ? uri.substring(base.length()) : uri;
      QuiltFile packed = new QuiltFile(name, Map.of(), contents);
      // says what is wrong with it alone
      Quilt.pack(parameters(), List.of(packed)).close();
      return packed;
    }

    private RowsOf.Made encode(List<Row> files, List<QuiltFile> contents, Counters counters)
        throws IOException {
      Map<String, Row> byName = new HashMap<>();
      for (int i = 0; i < files.size(); i++) {
        byName.put(contents.get(i).identifier(), files.get(i));
      }
      try (Quilt quilt = Quilt.pack(parameters(), contents)) {
        RowsOf.Made made =
            encoding.encode(
                quilt,
                new Encoding.Origin(null, null),
                metadata -> patches(quilt, metadata, byName),
                counters);
        counters.add(FILES, files.size());
        return made;
      }
    }

    private static List<Row> patches(
        Quilt quilt, VerifiedMetadata metadata, Map<String, Row> files) {
      BlobId id = metadata.blobId();
      List<Row> rows = new ArrayList<>();
      for (QuiltPatch patch : quilt.index().patches()) {
        Row file = files.get(patch.identifier());
        rows.add(
            RowFactory.create(
                file.getAs(Tables.URI),
                file.getAs(Tables.MODIFIED),
                id.toBytes(),
                file.getAs(Tables.LENGTH),
                null,
                null,
                null,
                null,
                null,
                patch.id(id).toString(),
                patch.identifier(),
                Archive.PATCHES));
      }
      return rows;
    }
  }

  /** A file that is open only while it is read: there may be hundreds of them in a quilt. */
  private record ReopenedBlob(String uri, long length, Configuration configuration)
      implements BlobSource {
    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      try (HadoopBlob blob = HadoopBlob.open(uri, configuration)) {
        blob.read(offset, target);
      }
    }
  }
}
