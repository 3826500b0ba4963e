package io.redstuff.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;

/** Files of random bytes, and Parquet that is looked at as files. */
public final class TestFiles {
  private TestFiles() {}

  /** Writes files of some lengths; gives their URIs. */
  public static List<String> write(Path directory, long seed, int... lengths) throws IOException {
    Files.createDirectories(directory);
    Random random = new Random(seed);
    List<String> uris = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      byte[] bytes = new byte[lengths[i]];
      random.nextBytes(bytes);
      Path file = directory.resolve("file-%04d".formatted(i));
      Files.write(file, bytes);
      uris.add(file.toUri().toString());
    }
    return uris;
  }

  public static byte[] read(String uri) {
    try {
      return Files.readAllBytes(Path.of(URI.create(uri)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Dataset<String> table(List<String> uris) {
    return Cluster.session().createDataset(uris, Encoders.STRING());
  }
}
