package io.redstuff.spark.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Files that the driver reads and writes as a whole. */
final class SmallFiles {
  private SmallFiles() {}

  private static Configuration configuration(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }

  static byte[] read(SparkSession spark, String uri, int most) throws IOException {
    Path path = new Path(uri);
    try (InputStream in = path.getFileSystem(configuration(spark)).open(path)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException(uri + ": got more bytes, expected at most " + most);
      }
      return bytes;
    }
  }

  /** Returns the files of a directory whose names end so, in the order of their names. */
  static List<String> list(SparkSession spark, String directory, String ending) throws IOException {
    Path path = new Path(directory);
    List<String> names = new ArrayList<>();
    for (FileStatus file : path.getFileSystem(configuration(spark)).listStatus(path)) {
      if (file.isFile() && file.getPath().getName().endsWith(ending)) {
        names.add(file.getPath().toString());
      }
    }
    names.sort(null);
    return names;
  }

  static void write(SparkSession spark, String directory, String name, byte[] bytes)
      throws IOException {
    Path path = new Path(directory, name);
    try (OutputStream out = path.getFileSystem(configuration(spark)).create(path, true)) {
      out.write(bytes);
    }
  }

  static boolean exists(SparkSession spark, String uri) throws IOException {
    Path path = new Path(uri);
    return path.getFileSystem(configuration(spark)).exists(path);
  }
}
