package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks at every sliver of an {@link Archive} and names those that are bad or missing. Slivers are
 * hashed by the tasks that read them, and only their 32-byte roots travel to the metadata they are
 * compared with.
 *
 * <p>It changes nothing. Of a sliver that is there more than once one good copy is enough.
 */
public final class ScrubJob {
  /** The slivers that a blob has lost: those without a good copy. */
  public static final String LOST = "lost";

  /** Why a lost sliver is bad; null if it is missing. */
  public static final String REASON = "reason";

  /** How many of the 2n slivers are good. */
  public static final String GOOD = "good";

  /** How many bad copies there are of slivers that are good. */
  public static final String SUPERSEDED = "superseded";

  /** Whether the blob can be decoded. */
  public static final String DECODABLE = "decodable";

  /** What is wrong with the metadata; null if nothing is. */
  public static final String FAULT = "fault";

  /** The hashes of what is lost, 32 bytes each, in order. */
  static final String HASHES = "hashes";

  static final String CLEAN_PRIMARY = "cleanPrimary";
  static final String CLEAN_SECONDARY = "cleanSecondary";

  static final String SLIVERS = "slivers hashed";
  static final String BYTES = "sliver bytes hashed";

  private static final StructType LOST_SLIVER =
      Tables.table(
          Tables.field(Tables.AXIS, DataTypes.IntegerType),
          Tables.field(Tables.INDEX, DataTypes.IntegerType),
          Tables.field(Tables.SHARD, DataTypes.IntegerType),
          Tables.field(Tables.PLACE, DataTypes.StringType),
          Tables.field(REASON, DataTypes.StringType));

  /** What is found of each blob. */
  public static final StructType FINDINGS =
      Tables.table(
          Tables.field(Tables.BLOB, DataTypes.BinaryType),
          Tables.field(Tables.ID, DataTypes.StringType),
          Tables.field(Tables.LENGTH, DataTypes.LongType),
          Tables.field(FAULT, DataTypes.StringType),
          Tables.field(GOOD, DataTypes.IntegerType),
          Tables.field(SUPERSEDED, DataTypes.IntegerType),
          Tables.field(DECODABLE, DataTypes.BooleanType),
          Tables.field(LOST, DataTypes.createArrayType(LOST_SLIVER)),
          Tables.field(HASHES, DataTypes.BinaryType),
          Tables.field(CLEAN_PRIMARY, DataTypes.BinaryType),
          Tables.field(CLEAN_SECONDARY, DataTypes.BinaryType));

  private final Archive archive;

  /**
   * A job.
   *
   * @param archive what to look at
   */
  public ScrubJob(Archive archive) {
    this.archive = archive;
  }

  /**
   * Numbers of a scrub.
   *
   * @param blobs how many blobs there are
   * @param whole how many of them have all their slivers
   * @param decodable how many lack some and can be decoded
   * @param undecodable how many cannot, or have no good metadata
   * @param bad how many slivers have copies, none of which is good
   * @param missing how many have none
   * @param superseded how many bad copies there are of slivers that are good
   */
  public record Report(
      long blobs,
      long whole,
      long decodable,
      long undecodable,
      long bad,
      long missing,
      long superseded) {}

  /** {@return a row for each blob, in the columns of {@link #FINDINGS}, computed when asked for} */
  public Dataset<Row> findings() {
    SparkSession session = archive.session();
    Counters counters = new Counters(session.sparkContext(), SLIVERS, BYTES);
    Nodes nodes = archive.nodes();
    int shards = nodes.shards();
    MapPartitionsFunction<Row, Row> hash = all -> new SliverRoots(all, shards, counters);
    MapFunction<Row, byte[]> blob = row -> row.getAs(Tables.BLOB);
    MapFunction<Row, byte[]> blobOfRoots = row -> Tables.bytes(SliverRoots.TABLE, row, Tables.BLOB);
    CoGroupFunction<byte[], Row, Row, Row> compare =
        (id, metadata, roots) -> List.of(Finding.of(nodes, id, metadata, roots)).iterator();
    Dataset<Row> metadata = archive.rows(Archive.METADATA).select(Tables.BLOB, Tables.BCS);
    Dataset<Row> roots =
        archive
            .slivers()
            .select(Tables.BLOB, Tables.PLACE, Tables.AXIS, Tables.INDEX, Tables.BCS)
            .mapPartitions(hash, Encoders.row(SliverRoots.TABLE));
    return metadata
        .groupByKey(blob, Encoders.BINARY())
        .cogroup(roots.groupByKey(blobOfRoots, Encoders.BINARY()), compare, Encoders.row(FINDINGS));
  }

  /**
   * Counts.
   *
   * @param findings of {@link #findings}, better from where they were written than computed again
   * @return the numbers
   */
  public static Report count(Dataset<Row> findings) {
    Row sums =
        findings
            .select(
                col(FAULT).isNull().and(col(DECODABLE)).as("usable"),
                expr("size(lost)").as("lostCount"),
                expr("size(filter(lost, s -> s.reason is not null))").as("badCount"),
                col(SUPERSEDED))
            .select(
                functions.count(lit(1)),
                sum(expr("if(usable and lostCount = 0, 1, 0)")),
                sum(expr("if(usable and lostCount > 0, 1, 0)")),
                sum(expr("if(usable, 0, 1)")),
                sum("badCount"),
                sum(expr("lostCount - badCount")),
                sum(SUPERSEDED))
            .first();
    long[] numbers = new long[7];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = sums.isNullAt(i) ? 0 : sums.getLong(i);
    }
    return new Report(
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
  }

  /**
   * Names nodes.
   *
   * @param findings of {@link #findings}
   * @return for each node that has lost something its place, how many slivers are bad, how many are
   *     missing, and of how many blobs
   */
  public static Dataset<Row> byNode(Dataset<Row> findings) {
    return findings
        .select(col(Tables.BLOB), explode(col(LOST)).as("sliver"))
        .groupBy(col("sliver." + Tables.PLACE).as(Tables.PLACE))
        .agg(
            functions.count(col("sliver." + REASON)).as("bad"),
            sum(expr("if(sliver.reason is null, 1, 0)")).as("missing"),
            countDistinct(col(Tables.BLOB)).as("blobs"))
        .orderBy(Tables.PLACE);
  }
}
