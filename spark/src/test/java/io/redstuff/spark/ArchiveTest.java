package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditProver;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditResponse;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.BlobEncodings;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltPatchId;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives: what is encoded, damaged, found, repaired and audited is what the codec makes. */
@ExtendWith(Cluster.class)
class ArchiveTest {
  private static final long MEMORY = 64L << 20;
  private static final int SHARDS = 10;

  @TempDir Path directory;

  private Archive archive(int shards, int nodes) throws IOException {
    return Archive.openOrCreate(
        Cluster.session(), directory.resolve("archive").toString(), Nodes.evenly(shards, nodes));
  }

  private static EncodeJob.Report encode(Archive archive, List<String> uris) {
    return new EncodeJob(archive, MEMORY, 1000).run(TestFiles.table(uris));
  }

  /** Checks that an archive has all slivers of some files, at their nodes and with their bytes. */
  private static void checkWhole(Archive archive, List<String> uris) {
    RedStuff codec = RedStuff.forShards(archive.nodes().shards());
    Map<String, Map<SliverId, byte[]>> slivers = new HashMap<>();
    for (Row row : archive.slivers().collectAsList()) {
      BlobId blob = BlobId.of(row.getAs(Tables.BLOB));
      SliverId id = SymbolRepair.sliverId(row);
      int shard = id.pair(codec.parameters()).shard(blob, codec.parameters()).value();
      assertEquals(shard, row.<Integer>getAs(Tables.SHARD));
      assertEquals(archive.nodes().place(shard), row.getAs(Tables.PLACE));
      assertNull(
          slivers
              .computeIfAbsent(blob.toString(), _ -> new HashMap<>())
              .put(id, row.getAs(Tables.BCS)),
          "each once");
    }
    Map<String, Row> metadata = new HashMap<>();
    archive
        .rows(Archive.METADATA)
        .collectAsList()
        .forEach(row -> metadata.put(row.getAs(Tables.URI), row));
    for (String uri : uris) {
      byte[] bytes = TestFiles.read(uri);
      Row row = metadata.get(uri);
      assertNotNull(row, uri);
      assertEquals(bytes.length, row.<Long>getAs(Tables.LENGTH));
      try (EncodedBlob expected = codec.encode(bytes)) {
        assertArrayEquals(expected.metadata().toBcs(), row.<byte[]>getAs(Tables.BCS));
        Map<SliverId, byte[]> got = slivers.remove(expected.blobId().toString());
        assertEquals(2 * codec.parameters().shards(), got.size());
        got.forEach((id, bcs) -> assertArrayEquals(expected.sliver(id).toBcs(), bcs));
      }
    }
    assertEquals(Set.of(), slivers.keySet());
  }

  @Test
  void archivesHaveTheBytesOfTheCodecAndEachFileOnce() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 1, 0, 1, 300, 20_000);
    // with what a task may take its slivers go through a temporary file
    uris.addAll(TestFiles.write(directory.resolve("long"), 2, 1_800_000));
    Archive archive = archive(SHARDS, 3);
    assertEquals(
        new EncodeJob.Report(5, 0, 5, 0, 1_820_301),
        new EncodeJob(archive, 12L << 20, 2).run(TestFiles.table(uris)));
    checkWhole(archive, uris);
    assertEquals(new EncodeJob.Report(5, 5, 0, 0, 0), encode(archive, uris));
    // a run that ended before its batch had a name
    Path left = Files.move(longestBatch(), data().resolve("_unfinished-batch"));
    EncodeJob.Report again = encode(archive, uris);
    assertTrue(again.encoded() > 0, again.toString());
    assertEquals(5, again.skipped() + again.encoded());
    assertFalse(Files.exists(left));
    checkWhole(archive, uris);
    uris.addAll(TestFiles.write(directory.resolve("more"), 3, 50));
    List<String> all = new ArrayList<>(uris);
    all.add(directory.resolve("missing").toUri().toString());
    assertEquals(
        new EncodeJob.Report(7, 5, 1, 1, 50),
        encode(Archive.open(Cluster.session(), archive.uri()), all));
    checkWhole(archive, uris);
    Row failure = archive.rows(Archive.FAILED).first();
    assertEquals(all.getLast(), failure.getAs(Tables.URI));
    assertTrue(failure.<String>getAs(Tables.ERROR).startsWith("no such file: "));
  }

  private Path data() {
    return directory.resolve("archive").resolve("data");
  }

  /** Returns the batch with the most in it: files are dealt out by hashes, and one may get none. */
  private Path longestBatch() throws IOException {
    Map<Path, Long> lengths = new HashMap<>();
    for (Path batch : batches()) {
      try (Stream<Path> files = Files.walk(batch)) {
        lengths.put(batch, files.mapToLong(file -> file.toFile().length()).sum());
      }
    }
    return Collections.max(lengths.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  private List<Path> batches() throws IOException {
    try (Stream<Path> all = Files.list(data())) {
      return all.filter(path -> path.getFileName().toString().startsWith("batch=")).toList();
    }
  }

  @Tag("large")
  @Test
  void filesThatAreTooLongAreToldAndTheOthersEncoded() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 4, 393_205, 10);
    Archive archive = archive(4, 4);
    assertEquals(new EncodeJob.Report(2, 0, 1, 1, 10), encode(archive, uris));
    checkWhole(archive, uris.subList(1, 2));
    assertEquals(
        "blob length: got 393205, expected 0 to 393204 with 4 shards",
        archive.rows(Archive.FAILED).first().getAs(Tables.ERROR));
  }

  private static ScrubJob.Report scrub(Archive archive) {
    return ScrubJob.count(new ScrubJob(archive).findings());
  }

  private void damageAndRepair(int lostNodes, boolean bySymbols) throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 5, 0, 300, 20_000, 999);
    Archive archive = archive(SHARDS, SHARDS);
    encode(archive, uris);
    assertEquals(new ScrubJob.Report(4, 4, 0, 0, 0, 0, 0), scrub(archive));
    for (int node = 0; node < lostNodes; node++) {
      assertEquals(8, Damage.lose(archive, node));
    }
    long missing = 8L * lostNodes;
    assertEquals(new ScrubJob.Report(4, 0, 4, 0, 0, missing, 0), scrub(archive));
    RepairJob.Report repaired =
        new RepairJob(archive, MEMORY).run(new ScrubJob(archive).findings());
    assertEquals(
        new RepairJob.Report(bySymbols ? 4 : 0, bySymbols ? 0 : 4, 0, missing, missing), repaired);
    checkWhole(archive, uris);
    assertEquals(new ScrubJob.Report(4, 4, 0, 0, 0, 0, 0), scrub(archive));
    assertEquals(
        new RepairJob.Report(0, 0, 0, 0, 0),
        new RepairJob(archive, MEMORY).run(new ScrubJob(archive).findings()));
  }

  /** At 10 shards a lost one takes 11 symbols, and whole slivers 28: these are either side. */
  @Test
  void fewLostShardsComeBackBySymbols() throws IOException {
    damageAndRepair(2, true);
  }

  @Test
  void manyLostShardsComeBackByWholeSlivers() throws IOException {
    damageAndRepair(3, false);
  }

  @Tag("large")
  @Test
  void rottenSliversAreNamedAndReplaced() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 6, 300, 20_000);
    Archive archive = archive(SHARDS, 5);
    encode(archive, uris);
    assertEquals(8, Damage.rot(archive, 2, 1));
    Dataset<Row> findings = new ScrubJob(archive).findings().persist();
    assertEquals(new ScrubJob.Report(2, 0, 2, 0, 8, 0, 0), ScrubJob.count(findings));
    for (Row finding : findings.collectAsList()) {
      List<Row> lost = finding.getList(finding.fieldIndex(ScrubJob.LOST));
      assertEquals(4, lost.size());
      for (Row sliver : lost) {
        assertEquals("node-00002", sliver.getAs(Tables.PLACE));
        assertTrue(Set.of(4, 5).contains(sliver.<Integer>getAs(Tables.SHARD)));
        assertEquals("its hash is another one", sliver.getAs(ScrubJob.REASON));
      }
    }
    Row node = ScrubJob.byNode(findings).collectAsList().getFirst();
    assertEquals(
        List.of("node-00002", 8L, 0L, 2L),
        List.of(node.get(0), node.get(1), node.get(2), node.get(3)));
    assertEquals(new RepairJob.Report(2, 0, 0, 8, 8), new RepairJob(archive, MEMORY).run(findings));
    findings.unpersist();
    // what is bad stays beside what is good
    assertEquals(new ScrubJob.Report(2, 2, 0, 0, 0, 0, 8), scrub(archive));
  }

  /** A disk does not rot where a sliver begins or ends. */
  @Tag("large")
  @Test
  void whatFilesHadThatCannotBeReadIsMissingAndRestored() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 13, 300, 20_000);
    Archive archive = archive(SHARDS, 5);
    encode(archive, uris);
    for (Path batch : batches()) {
      try (Stream<Path> files = Files.list(batch.resolve("place=node-00002"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
          byte[] bytes = Files.readAllBytes(file);
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
    assertEquals(new ScrubJob.Report(2, 0, 2, 0, 0, 8, 0), scrub(archive));
    assertEquals(
        new RepairJob.Report(2, 0, 0, 8, 8),
        new RepairJob(archive, MEMORY).run(new ScrubJob(archive).findings()));
    checkWhole(archive, uris);
  }

  /** What comes together of slivers that are bad by now is no sliver of the blob, and is told. */
  @Tag("large")
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void whatRotsAfterTheScrubIsNotTrusted(int lostNodes) throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 11, 300);
    Archive archive = archive(SHARDS, SHARDS);
    encode(archive, uris);
    for (int node = 0; node < lostNodes; node++) {
      Damage.lose(archive, node);
    }
    Dataset<Row> findings = new ScrubJob(archive).findings().localCheckpoint();
    for (int node = lostNodes; node < SHARDS; node++) {
      Damage.rot(archive, node, 1);
    }
    RepairJob.Report report = new RepairJob(archive, MEMORY).run(findings);
    assertEquals(2L * lostNodes, report.lost());
    List<Row> failures = archive.rows(Archive.FAILED).collectAsList();
    // symbols that did not rot give good slivers, and whole slivers all or none
    assertEquals(lostNodes == 2 ? 2 : 0, report.restored());
    assertEquals(lostNodes == 2 ? 2 : 1, failures.size());
    int good = new ScrubJob(archive).findings().first().getAs(ScrubJob.GOOD);
    assertEquals(report.restored(), good);
    for (Row failure : failures) {
      assertNotNull(failure.getAs(Tables.ERROR));
      assertEquals(300, failure.<Long>getAs(Tables.LENGTH));
    }
  }

  /** With what a task may take, blob and slivers go through temporary files. */
  @Tag("large")
  @Test
  void longBlobsComeBackByWholeSlivers() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 12, 1_800_000);
    Archive archive = archive(SHARDS, SHARDS);
    encode(archive, uris);
    for (int node = 0; node < 3; node++) {
      Damage.lose(archive, node);
    }
    assertEquals(
        new RepairJob.Report(0, 1, 0, 6, 6),
        new RepairJob(archive, 7L << 20).run(new ScrubJob(archive).findings()));
    checkWhole(archive, uris);
  }

  @Test
  void whatCannotBeDecodedIsSaidToBeSo() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 7, 300);
    Archive archive = archive(SHARDS, SHARDS);
    encode(archive, uris);
    for (int node = 0; node < 7; node++) {
      Damage.lose(archive, node);
    }
    assertEquals(new ScrubJob.Report(1, 0, 0, 1, 0, 14, 0), scrub(archive));
    assertEquals(
        new RepairJob.Report(0, 0, 1, 0, 0),
        new RepairJob(archive, MEMORY).run(new ScrubJob(archive).findings()));
  }

  private static AuditStatement statement(Archive archive, int node, AuditMode mode) {
    List<BlobId> blobs =
        archive.rows(Archive.METADATA).collectAsList().stream()
            .map(row -> BlobId.of(row.getAs(Tables.BLOB)))
            .sorted()
            .toList();
    List<ShardIndex> shards =
        IntStream.range(0, archive.nodes().shards())
            .filter(shard -> archive.nodes().owner(shard) == node)
            .mapToObj(ShardIndex::of)
            .toList();
    byte[] id = new byte[ObjectId.BYTES];
    id[0] = (byte) node;
    return new AuditStatement(
        archive.parameters(),
        7,
        ObjectId.of(id),
        shards,
        blobs,
        60,
        AuditAxes.BOTH,
        mode,
        AuditRandomness.ofNonce(AuditHash.of(new byte[32])));
  }

  /** Encodes the same files here. */
  private static BlobEncodings encodings(Archive archive, List<String> uris) {
    RedStuff codec = RedStuff.forShards(archive.nodes().shards());
    Map<BlobId, StoredEncoding> stored = new HashMap<>();
    for (String uri : uris) {
      try (EncodedBlob encoded = codec.encode(TestFiles.read(uri))) {
        List<Sliver> slivers = new ArrayList<>();
        for (Axis axis : Axis.values()) {
          for (int i = 0; i < archive.nodes().shards(); i++) {
            Sliver sliver = encoded.sliver(new SliverId(axis, i));
            slivers.add(Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes()));
          }
        }
        MemoryStore store = MemoryStore.of(encoded.metadata(), slivers);
        stored.put(encoded.blobId(), StoredEncoding.of(store, codec, encoded.metadata()));
      }
    }
    return BlobEncodings.of(stored);
  }

  private static void checkTranscript(AuditResponse expected, Row got) {
    assertArrayEquals(expected.transcript().toBcs(), got.<byte[]>getAs(AuditJob.TRANSCRIPT));
  }

  @Test
  void nodesThatHaveLostSliversLackAnswersAndOthersHaveAll() throws IOException {
    List<String> uris = TestFiles.write(directory.resolve("files"), 8, 300, 20_000, 5);
    Archive archive = archive(SHARDS, 3);
    encode(archive, uris);
    Damage.lose(archive, 1);
    List<AuditStatement> statements =
        IntStream.range(0, 3)
            .mapToObj(node -> statement(archive, node, AuditMode.PARALLEL))
            .toList();
    Dataset<Row> transcripts = new AuditJob(archive).prove(statements).persist();
    List<Row> verdicts = AuditJob.check(transcripts).orderBy("number").collectAsList();
    assertEquals(3, verdicts.size());
    for (int node = 0; node < 3; node++) {
      Row verdict = verdicts.get(node);
      assertNull(verdict.getAs(Tables.ERROR));
      assertEquals(60, verdict.<Integer>getAs(AuditJob.CHALLENGES));
      assertEquals(node == 1 ? 0 : 60, verdict.<Integer>getAs(AuditJob.ANSWERS));
      assertEquals(node == 1, verdict.<Double>getAs(AuditJob.MISSING) == 1.0);
    }
    checkTranscript(
        AuditProver.of(encodings(archive, uris)).answer(statements.get(2), WorkMonitor.NONE),
        transcripts.where(col("number").equalTo(2)).first());
    // of another node's audit
    Dataset<Row> swapped =
        transcripts
            .where(col("number").equalTo(0))
            .drop(AuditJob.STATEMENT)
            .crossJoin(transcripts.where(col("number").equalTo(2)).select(AuditJob.STATEMENT))
            .select(
                "number",
                "node",
                AuditJob.STATEMENT,
                AuditJob.TRANSCRIPT,
                AuditJob.CHALLENGES,
                AuditJob.ANSWERS);
    Row refused = AuditJob.check(swapped).first();
    assertTrue(refused.<String>getAs(Tables.ERROR).startsWith("statement: got one with seed "));
    transcripts.unpersist();
    assertThrows(
        IllegalArgumentException.class,
        () -> new AuditJob(archive).prove(List.of(statement(archive, 0, AuditMode.SEQUENTIAL))));
  }

  @Test
  void smallFilesShareQuiltsAndAreFoundAgain() throws IOException {
    int[] lengths = IntStream.range(0, 60).map(i -> i % 2 == 0 ? 1000 + i : 30 + i).toArray();
    List<String> uris = TestFiles.write(directory.resolve("files"), 9, lengths);
    List<String> all = new ArrayList<>(uris);
    all.add(directory.resolve("missing").toUri().toString());
    Archive archive = archive(31, 4);
    String base = directory.resolve("files").toUri().toString();
    QuiltJob job = new QuiltJob(archive, base, MEMORY, 1 << 20);
    QuiltJob.Report report = job.run(TestFiles.table(all));
    assertEquals(61, report.files());
    assertEquals(60, report.packed());
    assertEquals(1, report.failed());
    assertTrue(report.quilts() >= 2, report.toString());
    assertTrue(report.fill() > 0.4, report.toString());
    assertEquals(
        new ScrubJob.Report(report.quilts(), report.quilts(), 0, 0, 0, 0, 0), scrub(archive));
    Set<String> found = new HashSet<>();
    for (Row patch : archive.rows(Archive.PATCHES).collectAsList()) {
      String uri = patch.getAs(Tables.URI);
      assertEquals(base + patch.<String>getAs(Tables.IDENTIFIER), uri);
      assertEquals(TestFiles.read(uri).length, patch.<Long>getAs(Tables.LENGTH));
      assertEquals(QuiltPatchId.BYTES * 4 / 3 + 1, patch.<String>getAs(Tables.PATCH).length());
      found.add(uri);
    }
    assertEquals(Set.copyOf(uris), found);
    checkQuilts(archive);
    QuiltJob.Report again = job.run(TestFiles.table(uris));
    assertEquals(60, again.skipped());
    assertEquals(0, again.packed());
  }

  /** Packs the files of each quilt once more, here, and compares the ids. */
  private static void checkQuilts(Archive archive) throws IOException {
    Map<String, List<QuiltFile>> quilts = new HashMap<>();
    Set<String> patches = new HashSet<>();
    for (Row patch : archive.rows(Archive.PATCHES).collectAsList()) {
      String name = patch.getAs(Tables.IDENTIFIER);
      quilts
          .computeIfAbsent(BlobId.of(patch.getAs(Tables.BLOB)).toString(), _ -> new ArrayList<>())
          .add(QuiltFile.of(name, TestFiles.read(patch.getAs(Tables.URI))));
      patches.add(patch.getAs(Tables.PATCH));
    }
    for (Map.Entry<String, List<QuiltFile>> entry : quilts.entrySet()) {
      try (Quilt quilt = Quilt.pack(archive.parameters(), entry.getValue())) {
        BlobId id = RedStuff.forShards(archive.nodes().shards()).blobId(quilt.toBytes());
        assertEquals(entry.getKey(), id.toString());
        quilt.index().patches().forEach(patch -> patches.remove(patch.id(id).toString()));
      }
    }
    assertEquals(Set.of(), patches);
  }

  /** What an executor was doing when it is killed is done once more, and nothing comes twice. */
  @Test
  void anExecutorThatIsKilledIsMadeUpFor() throws IOException, InterruptedException {
    int[] lengths = IntStream.range(0, 40).map(i -> 2000 + i).toArray();
    List<String> uris = TestFiles.write(directory.resolve("files"), 10, lengths);
    Archive archive = archive(SHARDS, 3);
    CountDownLatch begun = new CountDownLatch(4);
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            begun.countDown();
          }
        };
    Set<Long> killed = new HashSet<>();
    Thread killer =
        new Thread(
            () -> {
              try {
                begun.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
              }
              ProcessHandle.current()
                  .descendants()
                  // commands are cut short where they are long, as those of executors are
                  .filter(process -> process.info().command().orElse("").endsWith("/java"))
                  .limit(1)
                  .forEach(
                      process -> {
                        process.destroyForcibly(); // SIGKILL
                        killed.add(process.pid());
                      });
            });
    Cluster.session().sparkContext().addSparkListener(listener);
    killer.start();
    try {
      assertEquals(40, encode(archive, uris).encoded());
    } finally {
      killer.join();
      Cluster.session().sparkContext().removeSparkListener(listener);
    }
    assertEquals(1, killed.size());
    checkWhole(archive, uris);
  }

  @Test
  void archivesSayWhatTheyAre() throws IOException {
    Archive archive = archive(SHARDS, 3);
    assertEquals(archive.nodes(), Archive.open(Cluster.session(), archive.uri()).nodes());
    IllegalArgumentException other =
        assertThrows(IllegalArgumentException.class, () -> archive(SHARDS, 4));
    assertEquals(
        "archive %s: got one of 3 nodes of 10 shards, expected 4 nodes of 10 shards"
            .formatted(archive.uri()),
        other.getMessage());
    IOException none =
        assertThrows(
            IOException.class,
            () -> Archive.open(Cluster.session(), directory.resolve("none").toString()));
    assertTrue(none.getMessage().endsWith("got no archive.properties, expected an archive"));
    Path properties = directory.resolve("archive").resolve("archive.properties");
    Files.delete(properties.resolveSibling(".archive.properties.crc"));
    for (String wrong :
        List.of("", "shards=10\nowners=1,2", "shards=x\nowners=1", "shards=4\nowners=0,0,0,-1")) {
      Files.writeString(properties, wrong);
      assertThrows(IOException.class, () -> Archive.open(Cluster.session(), archive.uri()));
    }
    assertThrows(IllegalArgumentException.class, () -> new EncodeJob(archive, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new EncodeJob(archive, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RepairJob(archive, 0));
    assertThrows(IllegalArgumentException.class, () -> new QuiltJob(archive, "", 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Damage.rot(archive, 0, 0));
  }
}
