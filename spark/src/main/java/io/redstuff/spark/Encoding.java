package io.redstuff.spark;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.spark.task.RowsOf;
import io.redstuff.spark.task.SliverSpill;
import io.redstuff.spark.task.TaskFailure;
import io.redstuff.spark.task.TaskWorkers;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Encodes blobs within a task, to rows of an {@link Archive}. A small blob is encoded in memory
 * that the thread keeps. A longer one goes through the stream encoder and its slivers to a
 * temporary file, so that a task takes its budget and one sliver, whatever the length.
 *
 * @param nodes which node keeps which shard
 * @param memory native memory of a task in bytes
 */
record Encoding(Nodes nodes, long memory) implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  static final String BLOBS = "blobs";
  static final String BYTES = "bytes";
  static final String SLIVERS = "slivers";
  static final String FAILURES = "failures";

  /** Where a blob came from, as its row in the metadata table says. */
  record Origin(String uri, Long modified) {}

  private EncodingParameters parameters() {
    return EncodingParameters.forShards(nodes.shards());
  }

  /**
   * Encodes a blob.
   *
   * @param more makes further rows when the metadata are known
   * @return the rows of its metadata, further ones, and those of all its slivers, by shard
   * @throws IllegalArgumentException if it is too long, or the memory too little for it
   */
  RowsOf.Made encode(
      BlobSource blob, Origin origin, Function<VerifiedMetadata, List<Row>> more, Counters counters)
      throws IOException {
    EncodingParameters parameters = parameters();
    long length = blob.length();
    long slivers = parameters.sliversLength(length);
    RowsOf.Made made =
        length + slivers <= memory / 2
            ? inMemory(blob, length, slivers, origin, more)
            : throughFile(blob, origin, more);
    counters.add(BLOBS, 1);
    counters.add(BYTES, length);
    counters.add(SLIVERS, 2L * parameters.shards());
    return made;
  }

  private RowsOf.Made inMemory(
      BlobSource blob,
      long length,
      long sliverBytes,
      Origin origin,
      Function<VerifiedMetadata, List<Row>> more)
      throws IOException {
    EncodingParameters parameters = parameters();
    TaskWorkers workers = TaskWorkers.of(nodes.shards());
    long start = Math.ceilDiv(length, 64L) * 64;
    MemorySegment room = workers.memory(start + sliverBytes);
    MemorySegment bytes = room.asSlice(0, length);
    blob.read(0, bytes);
    MemorySegment slivers = room.asSlice(start, sliverBytes);
    VerifiedMetadata metadata = workers.encoder().encode(bytes, slivers);
    int symbolSize = metadata.symbolSize();
    long secondaries = parameters.shards() * parameters.sliverLength(Axis.PRIMARY, symbolSize);
    return RowsOf.Made.of(
        rows(
            metadata,
            origin,
            more,
            id -> {
              long each = parameters.sliverLength(id.axis(), symbolSize);
              long first = id.axis() == Axis.PRIMARY ? 0 : secondaries;
              return Sliver.view(id, symbolSize, slivers.asSlice(first + id.index() * each, each));
            }));
  }

  private RowsOf.Made throughFile(
      BlobSource blob, Origin origin, Function<VerifiedMetadata, List<Row>> more)
      throws IOException {
    EncodingParameters parameters = parameters();
    int symbolSize = parameters.symbolSize(blob.length());
    SliverSpill spill = new SliverSpill(parameters, symbolSize, 2 * parameters.shards(), 0);
    boolean done = false;
    try {
      Workspace workspace = Workspace.ofMemory(memory).spillingTo(SliverSpill.directory());
      VerifiedMetadata metadata =
          StreamEncoder.of(TaskWorkers.of(nodes.shards()).codec(), workspace).encode(blob, spill);
      RowsOf.Made made =
          new RowsOf.Made(
              rows(
                  metadata,
                  origin,
                  more,
                  id -> {
                    try {
                      return spill.get(id);
                    } catch (IOException e) {
                      throw TaskFailure.of(e);
                    }
                  }),
              spill);
      done = true;
      return made;
    } finally {
      if (!done) {
        spill.close();
      }
    }
  }

  /** Where the slivers of a blob are while its rows are made. */
  @FunctionalInterface
  private interface Slivers {
    Sliver get(SliverId id);
  }

  private Iterator<Row> rows(
      VerifiedMetadata metadata,
      Origin origin,
      Function<VerifiedMetadata, List<Row>> more,
      Slivers slivers) {
    EncodingParameters parameters = parameters();
    Stream<SliverId> ids =
        IntStream.range(0, parameters.shards())
            .mapToObj(SliverPairIndex::of)
            .flatMap(pair -> Stream.of(pair.primary(), pair.secondary(parameters)));
    List<Row> first = new ArrayList<>();
    first.add(metadataRow(metadata, origin));
    first.addAll(more.apply(metadata));
    return Stream.concat(first.stream(), ids.map(id -> sliver(metadata.blobId(), slivers.get(id))))
        .iterator();
  }

  private static Row metadataRow(VerifiedMetadata metadata, Origin origin) {
    return RowFactory.create(
        origin.uri(),
        origin.modified(),
        metadata.blobId().toBytes(),
        metadata.blobLength(),
        null,
        null,
        null,
        metadata.toBcs(),
        null,
        null,
        null,
        Archive.METADATA);
  }

  /** Returns the row of a sliver, at the node that keeps it. */
  Row sliver(BlobId blob, Sliver sliver) {
    EncodingParameters parameters = parameters();
    SliverId id = sliver.id();
    int shard = id.pair(parameters).shard(blob, parameters).value();
    return RowFactory.create(
        null,
        null,
        blob.toBytes(),
        null,
        shard,
        id.axis().variant(),
        id.index(),
        sliver.toBcs(),
        null,
        null,
        null,
        nodes.place(shard));
  }

  /** Returns the row of what failed: a file, or a blob of which something could not be repaired. */
  static Row failure(String uri, Long modified, byte[] blob, Long length, String error) {
    return RowFactory.create(
        uri, modified, blob, length, null, null, null, null, error, null, null, Archive.FAILED);
  }

  /** Returns the row alone. */
  static RowsOf.Made alone(Row row) {
    return RowsOf.Made.of(List.of(row).iterator());
  }
}
