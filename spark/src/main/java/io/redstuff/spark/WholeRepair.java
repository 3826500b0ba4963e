package io.redstuff.spark;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.KnownSliverHash;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.spark.task.RowsOf;
import io.redstuff.spark.task.SliverSpill;
import io.redstuff.spark.task.TaskFailure;
import io.redstuff.spark.task.TaskWorkers;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Repair by whole slivers: as many of one axis as give the blob come together, it is decoded, and
 * the pairs of what is lost are encoded again. What comes out is hashed and compared.
 *
 * @param encoding says where slivers go, and what memory a task may take
 * @param plans by the ids of their blobs
 */
record WholeRepair(Encoding encoding, Broadcast<Map<String, RepairPlan>> plans)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Returns whether a row of the archive, a sliver or metadata, is needed. */
  boolean isNeeded(Row row) {
    RepairPlan plan = plans.value().get(BlobId.of(row.getAs(Tables.BLOB)).toString());
    return plan != null
        && plan.way() == RepairPlan.Way.SLIVERS
        && (row.getAs(Tables.AXIS) == null || plan.isSource(SymbolRepair.sliverId(row)));
  }

  /** Restores what one blob has lost. */
  RowsOf.Made restore(byte[] id, Iterator<Row> rows, Counters counters) {
    RepairPlan plan = plans.value().get(BlobId.of(id).toString());
    try {
      return restore(plan, rows, counters);
    } catch (RedStuffException | IllegalArgumentException e) {
      counters.add(RepairJob.FAILURES, 1);
      return Encoding.alone(Encoding.failure(null, null, id, plan.length(), Inputs.reason(e)));
    } catch (IOException e) {
      throw TaskFailure.of(e);
    }
  }

  private RowsOf.Made restore(RepairPlan plan, Iterator<Row> rows, Counters counters)
      throws IOException, RedStuffException {
    EncodingParameters parameters = plan.parameters();
    int symbolSize = plan.symbolSize();
    long each = encoding.memory() / 4;
    VerifiedMetadata metadata = null;
    String fault = "no metadata";
    try (SliverSpill sources = new SliverSpill(parameters, symbolSize, plan.sources(), each)) {
      while (rows.hasNext()) {
        Row row = rows.next();
        byte[] bcs = row.getAs(Tables.BCS);
        if (row.getAs(Tables.AXIS) != null) {
          put(sources, row, bcs, parameters, symbolSize);
        } else if (metadata == null) {
          try {
            metadata = BlobMetadata.parse(bcs).verify(parameters, plan.blob());
          } catch (RedStuffException e) {
            fault = e.getMessage();
          }
        }
      }
      if (metadata == null) {
        throw new IllegalArgumentException(plan.blob() + ": " + fault);
      }
      return restore(plan, metadata, sources, each, counters);
    }
  }

  /** Takes a sliver, unless it has rotted since the scrub and does not even have its form. */
  private static void put(
      SliverSpill sources, Row row, byte[] bcs, EncodingParameters parameters, int symbolSize)
      throws IOException, RedStuffException {
    SliverId id = SymbolRepair.sliverId(row);
    Sliver sliver = Sliver.parseView(id.axis(), MemorySegment.ofArray(bcs));
    if (sliver.id().equals(id)
        && sliver.symbolSize() == symbolSize
        && sliver.symbolCount() == parameters.symbolsPerSliver(id.axis())) {
      sources.put(sliver);
    }
  }

  private RowsOf.Made restore(
      RepairPlan plan, VerifiedMetadata metadata, SliverSpill sources, long each, Counters counters)
      throws IOException, RedStuffException {
    EncodingParameters parameters = plan.parameters();
    RedStuff codec = TaskWorkers.of(parameters.shards()).codec();
    Workspace workspace = Workspace.ofMemory(encoding.memory()).spillingTo(SliverSpill.directory());
    Set<SliverPairIndex> pairs = new HashSet<>();
    Stream.of(Axis.values())
        .flatMap(axis -> hashes(plan, axis))
        .forEach(hash -> pairs.add(hash.sliver().pair(parameters)));
    SliverSpill restored =
        new SliverSpill(parameters, metadata.symbolSize(), 2 * pairs.size(), each);
    boolean done = false;
    try (Arena arena = Arena.ofConfined();
        FileChannel file =
            metadata.blobLength() > each
                ? Workspace.temporaryFile(SliverSpill.directory())
                : null) {
      BlobTarget blob =
          file == null
              ? BlobTarget.of(arena.allocate(metadata.blobLength(), 64))
              : BlobTarget.of(file, metadata.blobLength());
      StreamDecoder.of(codec, workspace).decode(metadata, sources, ConsistencyCheck.DEFAULT, blob);
      StreamEncoder.of(codec, workspace).encodePairs(blob, pairs, restored);
      Iterator<Row> rows =
          Stream.of(Axis.values())
              .flatMap(axis -> hashes(plan, axis))
              .map(hash -> row(plan, codec, restored, hash, counters))
              .iterator();
      done = true;
      return new RowsOf.Made(rows, restored);
    } finally {
      if (!done) {
        restored.close();
      }
    }
  }

  private static Stream<KnownSliverHash> hashes(RepairPlan plan, Axis axis) {
    return IntStream.range(0, plan.lost(axis).length).mapToObj(place -> plan.hash(axis, place));
  }

  private Row row(
      RepairPlan plan,
      RedStuff codec,
      SliverSpill restored,
      KnownSliverHash hash,
      Counters counters) {
    try {
      Sliver sliver = codec.verify(hash, restored.get(hash.sliver())).sliver();
      counters.add(RepairJob.RESTORED, 1);
      return encoding.sliver(plan.blob(), sliver);
    } catch (RedStuffException e) {
      counters.add(RepairJob.FAILURES, 1);
      return Encoding.failure(null, null, plan.blob().toBytes(), plan.length(), e.getMessage());
    } catch (IOException e) {
      throw TaskFailure.of(e);
    }
  }
}
