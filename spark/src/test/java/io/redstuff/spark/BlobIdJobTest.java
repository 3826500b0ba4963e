package io.redstuff.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.RedStuff;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ids in bulk are those of the codec; what has none is told and stops nobody. */
@ExtendWith(Cluster.class)
class BlobIdJobTest {
  private static final long MEMORY = 64L << 20;

  @TempDir Path directory;

  private static Map<String, Row> byUri(Dataset<Row> ids) {
    Map<String, Row> rows = new HashMap<>();
    for (Row row : ids.collectAsList()) {
      assertNull(rows.put(row.getAs(Tables.URI), row), "each once");
    }
    return rows;
  }

  private static void checkId(RedStuff codec, String uri, Row row) {
    byte[] bytes = TestFiles.read(uri);
    assertNull(row.getAs(Tables.ERROR));
    assertEquals(codec.blobId(bytes).toString(), row.getAs(Tables.ID));
    assertEquals(bytes.length, row.<Long>getAs(Tables.LENGTH));
  }

  /** Of no bytes, of one row, of many, and one that is too long for a heap array of a task. */
  @Test
  void idsAndMetadataAreThoseOfTheCodec() throws IOException {
    List<String> uris =
        TestFiles.write(directory, 1, 0, 1, 13, 14, 15, 100, 5000, 200_000, (8 << 20) + 1);
    BlobIdJob job = new BlobIdJob(Cluster.session(), 31, MEMORY, true);
    Map<String, Row> rows = byUri(job.ids(TestFiles.table(uris)));
    assertEquals(uris.size(), rows.size());
    RedStuff codec = RedStuff.forShards(31);
    for (String uri : uris) {
      Row row = rows.get(uri);
      checkId(codec, uri, row);
      assertArrayEquals(codec.metadata(TestFiles.read(uri)).toBcs(), row.<byte[]>getAs(Tables.BCS));
    }
  }

  @Test
  void whatCannotBeReadIsARowAndTheJobGoesOn() throws IOException {
    List<String> uris = new ArrayList<>(TestFiles.write(directory, 2, 10, 20));
    Path tooLong = directory.resolve("too long");
    Files.write(tooLong, new byte[393_205]);
    List<String> bad =
        List.of(
            directory.resolve("missing").toUri().toString(),
            directory.toUri().toString(),
            "nosuchscheme://host/file",
            "not a URI",
            tooLong.toUri().toString());
    uris.addAll(bad);
    uris.add(uris.getFirst());
    BlobIdJob job = new BlobIdJob(Cluster.session(), 4, MEMORY, false);
    Map<String, Row> rows = byUri(job.ids(TestFiles.table(uris)));
    assertEquals(7, rows.size());
    RedStuff codec = RedStuff.forShards(4);
    checkId(codec, uris.get(0), rows.get(uris.get(0)));
    checkId(codec, uris.get(1), rows.get(uris.get(1)));
    assertNull(rows.get(uris.getFirst()).getAs(Tables.BCS));
    List<String> reasons =
        List.of(
            "no such file: ",
            "got a directory, expected a file",
            "No FileSystem for scheme \"nosuchscheme\"",
            "got \"not a URI\", expected a URI",
            "blob length: got 393205, expected 0 to 393204 with 4 shards");
    for (int i = 0; i < bad.size(); i++) {
      Row row = rows.get(bad.get(i));
      assertNull(row.getAs(Tables.ID));
      String error = row.getAs(Tables.ERROR);
      assertTrue(error.contains(reasons.get(i)), error);
    }
  }

  @Tag("large")
  @Test
  void aSecondRunWorksOnWhatIsNewOnly() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 3, 10, 20, 30);
    String missing = directory.resolve("later").toUri().toString();
    List<String> all = new ArrayList<>(uris);
    all.add(missing);
    String table = directory.resolve("ids").toString();
    BlobIdJob job = new BlobIdJob(Cluster.session(), 10, MEMORY, false);
    job.ids(TestFiles.table(all)).write().parquet(table);
    Dataset<Row> done = Cluster.session().read().schema(Tables.IDS).parquet(table);
    assertEquals(
        List.of(missing), List.copyOf(byUri(job.ids(TestFiles.table(all), done)).keySet()));
    Files.write(Path.of(URI.create(missing)), new byte[5]);
    Files.write(Path.of(URI.create(uris.get(1))), new byte[21]);
    Map<String, Row> rows = byUri(job.ids(TestFiles.table(all), done));
    assertEquals(Set.of(missing, uris.get(1)), rows.keySet());
    rows.forEach((uri, row) -> checkId(RedStuff.forShards(10), uri, row));
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new BlobIdJob(Cluster.session(), 3, MEMORY, false));
    assertThrows(
        IllegalArgumentException.class, () -> new BlobIdJob(Cluster.session(), 4, 0, false));
  }
}
