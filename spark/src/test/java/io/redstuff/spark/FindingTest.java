package io.redstuff.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is found of one blob, of whatever its rows say. */
@ExtendWith(Cluster.class)
class FindingTest {
  private static final int SHARDS = 10;

  private final Nodes nodes = Nodes.evenly(SHARDS, 5);
  private EncodedBlob blob;
  private final List<byte[]> metadata = new ArrayList<>();
  private final List<Row> slivers = new ArrayList<>();

  @BeforeEach
  void encode() {
    blob =
        RedStuff.forShards(SHARDS)
            .encode("what is found of one blob".getBytes(StandardCharsets.UTF_8));
    metadata.add(blob.metadata().toBcs());
    for (Axis axis : Axis.values()) {
      for (int index = 0; index < SHARDS; index++) {
        SliverId id = new SliverId(axis, index);
        add(id, place(id), blob.sliver(id).toBcs());
      }
    }
  }

  @AfterEach
  void close() {
    blob.close();
  }

  private String place(SliverId id) {
    return nodes.place(
        id.pair(blob.metadata().parameters())
            .shard(blob.blobId(), blob.metadata().parameters())
            .value());
  }

  private void add(SliverId id, String place, byte[] bcs) {
    slivers.add(row(id, place, bcs));
  }

  private Row row(SliverId id, String place, byte[] bcs) {
    Object[] values = new Object[Tables.ARCHIVE.length()];
    values[Tables.ARCHIVE.fieldIndex(Tables.BLOB)] = blob.blobId().toBytes();
    values[Tables.ARCHIVE.fieldIndex(Tables.PLACE)] = place;
    values[Tables.ARCHIVE.fieldIndex(Tables.AXIS)] = id.axis().variant();
    values[Tables.ARCHIVE.fieldIndex(Tables.INDEX)] = id.index();
    values[Tables.ARCHIVE.fieldIndex(Tables.BCS)] = bcs;
    return new GenericRowWithSchema(values, Tables.ARCHIVE);
  }

  private Row finding() {
    Counters counters =
        new Counters(Cluster.session().sparkContext(), ScrubJob.SLIVERS, ScrubJob.BYTES);
    SliverRoots hashed = new SliverRoots(slivers.iterator(), SHARDS, counters);
    List<Row> roots = new ArrayList<>();
    hashed.forEachRemaining(row -> roots.add(withSchema(SliverRoots.TABLE, row)));
    assertThrows(NoSuchElementException.class, hashed::next);
    assertEquals(slivers.size(), counters.values().get(ScrubJob.SLIVERS));
    List<Row> rows = new ArrayList<>();
    for (byte[] bcs : metadata) {
      Object[] values = new Object[Tables.ARCHIVE.length()];
      values[Tables.ARCHIVE.fieldIndex(Tables.BCS)] = bcs;
      rows.add(new GenericRowWithSchema(values, Tables.ARCHIVE));
    }
    return withSchema(
        ScrubJob.FINDINGS,
        Finding.of(nodes, blob.blobId().toBytes(), rows.iterator(), roots.iterator()));
  }

  private static Row withSchema(StructType schema, Row row) {
    Object[] values = new Object[row.length()];
    Arrays.setAll(values, row::get);
    return new GenericRowWithSchema(values, schema);
  }

  /** Returns the reasons of what is lost, by axis and index. */
  private static Map<String, String> lost(Row finding) {
    Map<String, String> reasons = new TreeMap<>();
    for (Row sliver : (Row[]) finding.get(finding.fieldIndex(ScrubJob.LOST))) {
      reasons.put(sliver.get(0) + "/" + sliver.get(1), String.valueOf(sliver.get(4)));
    }
    return reasons;
  }

  @Test
  void nothingIsFoundOfWhatIsWhole() {
    Row finding = finding();
    assertNull(finding.getAs(ScrubJob.FAULT));
    assertEquals(20, finding.<Integer>getAs(ScrubJob.GOOD));
    assertEquals(Map.of(), lost(finding));
    assertTrue(finding.<Boolean>getAs(ScrubJob.DECODABLE));
  }

  @Test
  void eachBadSliverHasItsReason() {
    byte[] bcs = blob.sliver(new SliverId(Axis.PRIMARY, 0)).toBcs();
    SliverId none = new SliverId(Axis.PRIMARY, SHARDS);
    slivers.set(
        0,
        row(
            new SliverId(Axis.PRIMARY, 0),
            place(new SliverId(Axis.PRIMARY, 0)),
            Arrays.copyOf(bcs, bcs.length - 1)));
    slivers.set(1, row(new SliverId(Axis.PRIMARY, 1), place(new SliverId(Axis.PRIMARY, 1)), bcs));
    byte[] flipped = blob.sliver(new SliverId(Axis.PRIMARY, 2)).toBcs();
    flipped[flipped.length / 2] ^= 1;
    slivers.set(
        2, row(new SliverId(Axis.PRIMARY, 2), place(new SliverId(Axis.PRIMARY, 2)), flipped));
    SliverId strayed = new SliverId(Axis.SECONDARY, 3);
    slivers.set(13, row(strayed, "node-00009", blob.sliver(strayed).toBcs()));
    // of no blob of so many shards
    try (EncodedBlob other = RedStuff.forShards(13).encode(new byte[1])) {
      add(none, "node-00001", other.sliver(none).toBcs());
    }
    Row finding = finding();
    assertEquals(
        Map.of(
            "0/0", "no BCS of a sliver",
            "0/1", "another sliver than its row says",
            "0/2", "its hash is another one",
            "1/3", "at node-00009, expected at " + place(strayed)),
        lost(finding));
    assertEquals(16, finding.<Integer>getAs(ScrubJob.GOOD));
    assertEquals(0, finding.<Integer>getAs(ScrubJob.SUPERSEDED));
  }

  /** A bad copy does not count where there is a good one, but none of the two is read. */
  @Test
  void oneGoodCopyIsEnough() {
    SliverId twice = new SliverId(Axis.SECONDARY, 4);
    add(twice, place(twice), new byte[3]);
    Row finding = finding();
    assertEquals(Map.of(), lost(finding));
    assertEquals(1, finding.<Integer>getAs(ScrubJob.SUPERSEDED));
    BitSet clean = BitSet.valueOf(finding.<byte[]>getAs(ScrubJob.CLEAN_SECONDARY));
    assertFalse(clean.get(4));
    assertEquals(9, clean.cardinality());
  }

  @Test
  void badMetadataAreAFaultUnlessThereAreGoodOnes() {
    byte[] good = metadata.getFirst();
    metadata.set(0, Arrays.copyOf(good, good.length - 1));
    assertTrue(finding().<String>getAs(ScrubJob.FAULT).startsWith("metadata: "));
    metadata.add(good);
    metadata.add(new byte[0]);
    assertNull(finding().getAs(ScrubJob.FAULT));
    metadata.clear();
    Row without = finding();
    assertEquals("no metadata", without.getAs(ScrubJob.FAULT));
    assertNull(without.getAs(Tables.LENGTH));
    assertFalse(without.<Boolean>getAs(ScrubJob.DECODABLE));
  }

  @Test
  void fewerThanGiveTheBlobCannotBeRepaired() {
    slivers.removeIf(row -> row.<Integer>getAs(Tables.INDEX) > 2);
    Row finding = finding();
    assertFalse(finding.<Boolean>getAs(ScrubJob.DECODABLE));
    assertEquals(14, lost(finding).size());
    assertArrayEquals(
        Arrays.copyOf(blob.metadata().sliverHash(new SliverId(Axis.PRIMARY, 3)), 32),
        Arrays.copyOf(finding.<byte[]>getAs(ScrubJob.HASHES), 32));
    // two thirds of one axis do, whatever is left of the other
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> RepairPlan.of(SHARDS, listed(finding)))
            .getMessage()
            .contains("got 3 primary and 3 secondary, expected 4 or 7"));
  }

  /** As Spark reads it. */
  private static Row listed(Row finding) {
    Object[] values = new Object[finding.length()];
    Arrays.setAll(values, finding::get);
    int lost = finding.fieldIndex(ScrubJob.LOST);
    values[lost] =
        scala.jdk.javaapi.CollectionConverters.asScala(
                Arrays.stream((Row[]) values[lost])
                    .map(row -> withSchema(lostSliver(), row))
                    .toList())
            .toSeq();
    return new GenericRowWithSchema(values, ScrubJob.FINDINGS);
  }

  private static StructType lostSliver() {
    return (StructType)
        ((org.apache.spark.sql.types.ArrayType) ScrubJob.FINDINGS.apply(ScrubJob.LOST).dataType())
            .elementType();
  }
}
