package io.redstuff.spark;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What scrubbing finds out of one blob: its metadata compared with the roots of its slivers. */
final class Finding {
  private final Nodes nodes;
  private final EncodingParameters parameters;
  private final BlobId blob;
  private VerifiedMetadata metadata;
  private String fault = "no metadata";

  private final Map<Axis, BitSet> good = new EnumMap<>(Axis.class);

  /** Of which there is a bad copy, and why it is bad. */
  private final TreeMap<SliverId, String> bad = new TreeMap<>();

  private Finding(Nodes nodes, BlobId blob) {
    this.nodes = nodes;
    this.parameters = EncodingParameters.forShards(nodes.shards());
    this.blob = blob;
    for (Axis axis : Axis.values()) {
      good.put(axis, new BitSet());
    }
  }

  /** Compares. */
  static Row of(Nodes nodes, byte[] id, Iterator<Row> metadata, Iterator<Row> roots) {
    Finding finding = new Finding(nodes, BlobId.of(id));
    metadata.forEachRemaining(row -> finding.takeMetadata(row.getAs(Tables.BCS)));
    roots.forEachRemaining(
        row ->
            SliverRoots.Root.parse(row.getAs("roots"))
                .forEach(root -> finding.take(row.getAs(Tables.PLACE), root)));
    return finding.row();
  }

  /** Takes the first that is good, of as many as files had this content. */
  private void takeMetadata(byte[] bcs) {
    if (metadata == null) {
      try {
        metadata = BlobMetadata.parse(bcs).verify(parameters, blob);
        fault = null;
      } catch (RedStuffException e) {
        fault = "metadata: " + e.getMessage();
      }
    }
  }

  private void take(String place, SliverRoots.Root root) {
    SliverId id = root.id();
    if (metadata == null) {
      return;
    }
    if (id.index() >= parameters.shards()) {
      bad.put(id, "no such sliver");
      return;
    }
    String expected = nodes.place(shard(id));
    String reason =
        switch (root.state()) {
          case MALFORMED -> "no BCS of a sliver";
          case MISPLACED -> "another sliver than its row says";
          case HASHED ->
              metadata.matches(id, MemorySegment.ofArray(root.digest()), 0)
                  ? place.equals(expected) ? "" : "at " + place + ", expected at " + expected
                  : "its hash is another one";
        };
    if (reason.isEmpty()) {
      good.get(id.axis()).set(id.index());
    } else {
      bad.put(id, reason);
    }
  }

  private int shard(SliverId id) {
    return id.pair(parameters).shard(blob, parameters).value();
  }

  private boolean isGood(SliverId id) {
    return good.get(id.axis()).get(id.index());
  }

  private Row row() {
    List<Row> lost = new ArrayList<>();
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    int superseded = 0;
    for (SliverId id : bad.keySet()) {
      superseded += id.index() < parameters.shards() && isGood(id) ? 1 : 0;
    }
    for (Axis axis : Axis.values()) {
      for (int index = 0; metadata != null && index < parameters.shards(); index++) {
        SliverId id = new SliverId(axis, index);
        if (!isGood(id)) {
          lost.add(
              RowFactory.create(
                  axis.variant(), index, shard(id), nodes.place(shard(id)), bad.get(id)));
          hashes.writeBytes(Arrays.copyOf(metadata.sliverHash(id), 32));
        }
      }
    }
    int primaries = good.get(Axis.PRIMARY).cardinality();
    int secondaries = good.get(Axis.SECONDARY).cardinality();
    return RowFactory.create(
        blob.toBytes(),
        blob.toString(),
        metadata == null ? null : metadata.blobLength(),
        fault,
        primaries + secondaries,
        superseded,
        parameters.isDecodable(primaries, secondaries),
        lost.toArray(new Row[0]),
        hashes.toByteArray(),
        clean(Axis.PRIMARY),
        clean(Axis.SECONDARY));
  }

  /** Returns the slivers of an axis of which no copy is bad, so that any may be taken. */
  private byte[] clean(Axis axis) {
    BitSet clean = (BitSet) good.get(axis).clone();
    bad.keySet().stream().filter(id -> id.axis() == axis).forEach(id -> clean.clear(id.index()));
    return clean.toByteArray();
  }
}
