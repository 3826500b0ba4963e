package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;

import io.redstuff.spark.task.HadoopBlob;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** The files that a job is given: as URIs, which are what a list of millions has room for. */
public final class Inputs {
  /** Tasks for each processor, so that none waits long for the last. */
  private static final int TASKS_PER_PROCESSOR = 4;

  private Inputs() {}

  /**
   * Lists files.
   *
   * @param spark the session
   * @param roots files, and directories of which all files below are taken; names that begin with
   *     {@code _} or a dot are left out, as Spark does
   * @return their URIs
   * @throws IOException if one of the roots is not there or cannot be listed
   */
  public static Dataset<String> list(SparkSession spark, List<String> roots) throws IOException {
    Configuration configuration = spark.sparkContext().hadoopConfiguration();
    List<String> uris = new ArrayList<>();
    for (String root : roots) {
      Path path = new Path(root);
      FileSystem files = path.getFileSystem(configuration);
      FileStatus status = files.getFileStatus(path);
      if (status.isFile()) {
        uris.add(status.getPath().toUri().toString());
      } else {
        add(files, status.getPath(), uris);
      }
    }
    return spark.createDataset(uris, Encoders.STRING());
  }

  /**
   * {@return the URI of a file or directory as {@link #list} gives it}
   *
   * @param spark the session
   * @param root the file or directory
   * @throws IOException if it is not there
   */
  public static String qualified(SparkSession spark, String root) throws IOException {
    Path path = new Path(root);
    FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
    return files.getFileStatus(path).getPath().toUri().toString();
  }

  private static void add(FileSystem files, Path directory, List<String> uris) throws IOException {
    RemoteIterator<LocatedFileStatus> all = files.listFiles(directory, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      if (isVisible(directory, file)) {
        uris.add(file.toUri().toString());
      }
    }
  }

  private static boolean isVisible(Path root, Path file) {
    for (Path path = file; !path.equals(root); path = path.getParent()) {
      if (path.getName().startsWith("_") || path.getName().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads lists of files.
   *
   * @param spark the session
   * @param list a text file, or a directory of such, with a URI a line
   * @return the URIs
   * @throws FileNotFoundException if there is no such file
   * @throws IOException if it cannot be looked at
   */
  public static Dataset<String> read(SparkSession spark, String list) throws IOException {
    Path path = new Path(list);
    path.getFileSystem(spark.sparkContext().hadoopConfiguration()).getFileStatus(path);
    return spark.read().textFile(list);
  }

  /** Looks at files, each once: length and time, or why there is none. */
  static Dataset<Row> look(
      Dataset<String> uris, SparkSession session, SerializableConfiguration configuration) {
    MapPartitionsFunction<String, Row> look =
        all -> map(all, uri -> look(uri, configuration.value()));
    return session
        .createDataset(uris.distinct().toJavaRDD().rdd(), Encoders.STRING())
        .repartition(tasks(session, Long.MAX_VALUE))
        .mapPartitions(look, Encoders.row(Tables.FILES));
  }

  private static Row look(String uri, Configuration configuration) {
    try {
      FileStatus status = HadoopBlob.status(uri, configuration);
      return RowFactory.create(uri, status.getLen(), status.getModificationTime(), null);
    } catch (IOException e) {
      return RowFactory.create(uri, null, null, reason(e));
    }
  }

  /** Says in one line why something failed. */
  static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : e instanceof FileNotFoundException ? "no such file: " + message : message;
  }

  /** Returns files that a table has not got, or has of another length or time, or as failed. */
  static Dataset<Row> notIn(Dataset<Row> files, Dataset<Row> done) {
    return join(files, done, "left_anti");
  }

  /** Returns the others. */
  static Dataset<Row> in(Dataset<Row> files, Dataset<Row> done) {
    return join(files, done, "left_semi");
  }

  private static Dataset<Row> join(Dataset<Row> files, Dataset<Row> done, String how) {
    Dataset<Row> whole =
        done.where(col(Tables.ERROR).isNull())
            .select(
                col(Tables.URI).as("doneUri"),
                col(Tables.LENGTH).as("doneLength"),
                col(Tables.MODIFIED).as("doneModified"));
    return files.join(
        whole,
        files
            .col(Tables.URI)
            .equalTo(whole.col("doneUri"))
            .and(files.col(Tables.LENGTH).equalTo(whole.col("doneLength")))
            .and(files.col(Tables.MODIFIED).equalTo(whole.col("doneModified"))),
        how);
  }

  /** Returns into how many tasks to cut so many inputs. */
  static int tasks(SparkSession session, long inputs) {
    int most = TASKS_PER_PROCESSOR * session.sparkContext().defaultParallelism();
    return Math.clamp(inputs, 1, most);
  }

  /** Returns results one by one, each when it is asked for. */
  static <A, B> Iterator<B> map(Iterator<A> all, Function<? super A, ? extends B> function) {
    Iterable<A> once = () -> all;
    Stream<B> mapped = StreamSupport.stream(once.spliterator(), false).map(function);
    return mapped.iterator();
  }
}
