package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;

import io.redstuff.EncodingParameters;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Encodings of many blobs in a directory of any Hadoop file system: Parquet files by batch and
 * {@linkplain Tables#PLACE place}, which is {@value #METADATA}, {@value #PATCHES}, {@value #FAILED}
 * or a storage node, and a file that says how many shards there are and which node keeps which.
 *
 * <p>A batch gets its name when all of it is written, by renaming its directory, so it is there as
 * a whole or not at all as far as the file system renames a directory at once (HDFS and local ones
 * do, object stores may not). What an ended job has left behind is not looked at, and the next
 * batch deletes it. One job at a time may write to an archive. Rows are never changed: a sliver
 * that was repaired is there once more, and counts as good if any of its copies is. Of a file that
 * cannot be read the rows are missing.
 */
public final class Archive {
  /** The metadata of each blob, with the file that it came from. */
  public static final String METADATA = "metadata";

  /** Files that could not be encoded, and slivers that could not be repaired. */
  public static final String FAILED = "failed";

  /** The files of quilts. */
  public static final String PATCHES = "patches";

  private static final String DATA = "data";
  private static final String BATCH = "batch=";

  /** Spark does not look at names that begin so. */
  private static final String UNFINISHED = "_unfinished-";

  private static final String PROPERTIES = "archive.properties";
  private static final String SHARDS = "shards";
  private static final String OWNERS = "owners";
  private static final int MOST_PROPERTY_BYTES = 1 << 20;

  /** A writer holds so much before it reaches a file; there is one for each task. */
  private static final long ROW_GROUP_BYTES = 16L << 20;

  private final SparkSession session;
  private final String uri;
  private final Nodes nodes;

  private Archive(SparkSession session, String uri, Nodes nodes) {
    this.session = session;
    this.uri = uri;
    this.nodes = nodes;
  }

  /**
   * Opens an archive.
   *
   * @param spark the session; jobs work in one of their own, with the same context
   * @param uri the directory
   * @return the archive
   * @throws IOException if there is none, or what it says about itself cannot be read
   */
  public static Archive open(SparkSession spark, String uri) throws IOException {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    return new Archive(sessionOf(spark), uri, readNodes(uri, configuration));
  }

  /**
   * Opens an archive, or begins one where there is none.
   *
   * @param spark the session; jobs work in one of their own, with the same context
   * @param uri the directory
   * @param nodes which node keeps which shard
   * @return the archive
   * @throws IOException if it cannot be read or written
   * @throws IllegalArgumentException if there is one whose shards are kept by other nodes
   */
  public static Archive openOrCreate(SparkSession spark, String uri, Nodes nodes)
      throws IOException {
    Objects.requireNonNull(nodes, "nodes");
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    Path file = new Path(uri, PROPERTIES);
    FileSystem files = file.getFileSystem(configuration);
    if (files.exists(file)) {
      Nodes there = readNodes(uri, configuration);
      if (!there.equals(nodes)) {
        throw new IllegalArgumentException(
            "archive %s: got one of %s, expected %s".formatted(uri, there, nodes));
      }
    } else {
      writeNodes(files, file, nodes);
    }
    return new Archive(sessionOf(spark), uri, nodes);
  }

  private static SparkSession sessionOf(SparkSession spark) {
    SparkSession session = spark.newSession();
    // Batches of 4096 rows are made for short ones: a row with a sliver may have 43 MB.
    session.conf().set("spark.sql.parquet.enableVectorizedReader", "false");
    // Disks rot: what was in a file that cannot be read is missing, which is what scrubbing is for.
    session.conf().set("spark.sql.files.ignoreCorruptFiles", "true");
    session.conf().set("spark.sql.files.ignoreMissingFiles", "true");
    return session;
  }

  private static Nodes readNodes(String uri, Configuration configuration) throws IOException {
    Path file = new Path(uri, PROPERTIES);
    byte[] bytes;
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      bytes = in.readNBytes(MOST_PROPERTY_BYTES + 1);
    } catch (FileNotFoundException e) {
      throw new IOException(uri + ": got no " + PROPERTIES + ", expected an archive", e);
    }
    if (bytes.length > MOST_PROPERTY_BYTES) {
      throw new IOException(
          "%s: got more bytes, expected at most %s".formatted(file, MOST_PROPERTY_BYTES));
    }
    Properties properties = new Properties();
    properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
    try {
      int[] owners =
          Arrays.stream(properties.getProperty(OWNERS, "").split(",", -1))
              .mapToInt(Integer::parseInt)
              .toArray();
      int shards = Integer.parseInt(properties.getProperty(SHARDS, ""));
      if (shards != owners.length) {
        throw new IllegalArgumentException(
            "owners: got %s, expected %s, one for each shard".formatted(owners.length, shards));
      }
      return new Nodes(owners);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static void writeNodes(FileSystem files, Path file, Nodes nodes) throws IOException {
    String owners =
        Arrays.stream(nodes.owners()).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String text = "%s=%s%n%s=%s%n".formatted(SHARDS, nodes.shards(), OWNERS, owners);
    Path unfinished = new Path(file.getParent(), "_" + PROPERTIES);
    try (OutputStream out = files.create(unfinished, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    if (!files.rename(unfinished, file)) {
      throw new IOException(file + ": cannot be given its name");
    }
  }

  /** {@return the session that jobs on this archive work in} */
  SparkSession session() {
    return session;
  }

  /** {@return the directory} */
  public String uri() {
    return uri;
  }

  /** {@return which node keeps which shard} */
  public Nodes nodes() {
    return nodes;
  }

  /** {@return the encoding parameters} */
  public EncodingParameters parameters() {
    return EncodingParameters.forShards(nodes.shards());
  }

  /** Returns the settings of file systems, to be sent to executors. */
  SerializableConfiguration configuration() {
    return new SerializableConfiguration(session.sparkContext().hadoopConfiguration());
  }

  /** {@return all rows, in the columns of {@link Tables#ARCHIVE}} */
  public Dataset<Row> rows() {
    Path data = data();
    try {
      if (list(files(data), data, BATCH).length == 0) {
        return session.createDataFrame(List.of(), Tables.ARCHIVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] columns = Tables.ARCHIVE.fieldNames();
    return session
        .read()
        .schema(Tables.ARCHIVE)
        .parquet(data.toString())
        .select(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
  }

  /**
   * {@return one of the tables}
   *
   * @param place {@link #METADATA}, {@link #FAILED}, {@link #PATCHES}, or a node's
   */
  public Dataset<Row> rows(String place) {
    return rows().where(col(Tables.PLACE).equalTo(place));
  }

  /** {@return the slivers of all nodes} */
  public Dataset<Row> slivers() {
    return rows().where(col(Tables.PLACE).startsWith("node-"));
  }

  /**
   * Adds rows, all or none.
   *
   * @param rows in the columns of {@link Tables#ARCHIVE}; computed once
   */
  void append(Dataset<Row> rows) {
    String batch = UUID.randomUUID().toString();
    Path data = data();
    Path unfinished = new Path(data, UNFINISHED + batch);
    try {
      FileSystem files = files(data);
      for (FileStatus left : list(files, data, UNFINISHED)) {
        files.delete(left.getPath(), true);
      }
      rows.write()
          .partitionBy(Tables.PLACE)
          .option("parquet.block.size", ROW_GROUP_BYTES)
          .option("parquet.enable.dictionary#" + Tables.BCS, "false")
          .parquet(unfinished.toString());
      if (!files.rename(unfinished, new Path(data, BATCH + batch))) {
        throw new IOException(unfinished + ": cannot be given its name");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes away all that a node keeps: what to try a repair on.
   *
   * @param node its number
   * @throws IOException if it cannot be deleted
   */
  public void deleteNode(int node) throws IOException {
    Path data = data();
    FileSystem files = files(data);
    for (FileStatus batch : list(files, data, BATCH)) {
      files.delete(new Path(batch.getPath(), Tables.PLACE + "=" + Nodes.placeOf(node)), true);
    }
  }

  private Path data() {
    return new Path(uri, DATA);
  }

  private FileSystem files(Path path) throws IOException {
    return path.getFileSystem(session.sparkContext().hadoopConfiguration());
  }

  private static FileStatus[] list(FileSystem files, Path data, String prefix) throws IOException {
    return files.exists(data)
        ? files.listStatus(data, path -> path.getName().startsWith(prefix))
        : new FileStatus[0];
  }

  @Override
  public String toString() {
    return "archive " + uri + " of " + nodes;
  }
}
