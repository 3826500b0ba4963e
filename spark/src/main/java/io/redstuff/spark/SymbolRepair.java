package io.redstuff.spark;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.KnownSliverHash;
import io.redstuff.spark.task.TaskWorkers;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Repair by symbols: each sliver that is read is cut, where it lies, to the symbols of those that
 * are lost, and these are put together elsewhere. What comes out is hashed and compared.
 *
 * @param encoding says where slivers go
 * @param plans by the ids of their blobs
 */
record SymbolRepair(Encoding encoding, Broadcast<Map<String, RepairPlan>> plans)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Lost slivers are restored in groups, so that the symbols of one group fit into a heap. */
  private static final long GROUP_BYTES = 16L << 20;

  /** Symbols of one source for a group of targets. */
  static final StructType SYMBOLS =
      Tables.table(
          Tables.field("key", DataTypes.StringType),
          Tables.field(Tables.INDEX, DataTypes.IntegerType),
          Tables.field("symbols", DataTypes.BinaryType));

  /** Some neighbors of what a blob has lost of one axis. */
  private record Group(RepairPlan plan, Axis axis, int number) {
    static Group parse(Map<String, RepairPlan> plans, String key) {
      String[] parts = key.split("/", -1);
      return new Group(
          plans.get(parts[0]),
          Axis.ofVariant(Integer.parseInt(parts[1])),
          Integer.parseInt(parts[2]));
    }

    String key() {
      return plan.blob() + "/" + axis.variant() + "/" + number;
    }

    /** Returns how many there are in a full group. */
    private int size() {
      long sources = plan.parameters().symbolsPerSliver(axis);
      return (int) Math.max(1, GROUP_BYTES / (sources * plan.symbolSize()));
    }

    int first() {
      return number * size();
    }

    int limit() {
      return Math.min(plan.lost(axis).length, first() + size());
    }

    boolean isThere() {
      return first() < plan.lost(axis).length;
    }
  }

  /** Cuts the symbols of a sliver that somebody needs; of others there are none. */
  Iterator<Row> cut(Row row) {
    RepairPlan plan = plans.value().get(BlobId.of(row.getAs(Tables.BLOB)).toString());
    SliverId id = sliverId(row);
    if (plan == null || plan.way() != RepairPlan.Way.SYMBOLS || !plan.isSource(id)) {
      return Collections.emptyIterator();
    }
    Sliver sliver;
    try {
      sliver = Sliver.parseView(id.axis(), MemorySegment.ofArray(row.<byte[]>getAs(Tables.BCS)));
    } catch (MalformedDataException e) {
      // it has rotted since the scrub: too few symbols come together, and that is told
      return Collections.emptyIterator();
    }
    if (!sliver.id().equals(id)
        || sliver.symbolSize() != plan.symbolSize()
        || sliver.symbolCount() != plan.parameters().symbolsPerSliver(id.axis())) {
      return Collections.emptyIterator();
    }
    List<Row> rows = new ArrayList<>();
    Group group = new Group(plan, id.axis().opposite(), 0);
    for (; group.isThere(); group = new Group(plan, group.axis, group.number + 1)) {
      int[] targets = Arrays.copyOfRange(plan.lost(group.axis), group.first(), group.limit());
      byte[] symbols = new byte[targets.length * sliver.symbolSize()];
      TaskWorkers.of(encoding.nodes().shards())
          .codec()
          .symbols(sliver, targets, MemorySegment.ofArray(symbols));
      rows.add(RowFactory.create(group.key(), id.index(), symbols));
    }
    return rows.iterator();
  }

  static SliverId sliverId(Row row) {
    return new SliverId(
        Axis.ofVariant(row.<Integer>getAs(Tables.AXIS)), row.<Integer>getAs(Tables.INDEX));
  }

  /** Puts the slivers of a group together. */
  Iterator<Row> restore(String key, Iterator<Row> symbols, Counters counters) {
    Group group = Group.parse(plans.value(), key);
    RepairPlan plan = group.plan;
    List<Row> sources = new ArrayList<>();
    symbols.forEachRemaining(sources::add);
    List<Row> rows = new ArrayList<>();
    int size = plan.symbolSize();
    for (int place = group.first(); place < group.limit(); place++) {
      int from = (place - group.first()) * size;
      List<DecodingSymbol> some = new ArrayList<>();
      for (Row source : sources) {
        byte[] all = source.getAs("symbols");
        some.add(
            new DecodingSymbol(
                source.<Integer>getAs(Tables.INDEX), Arrays.copyOfRange(all, from, from + size)));
      }
      KnownSliverHash hash = plan.hash(group.axis, place);
      try {
        VerifiedSliver restored =
            TaskWorkers.of(encoding.nodes().shards())
                .recoverer()
                .recoverUnproven(hash, hash.sliver(), some);
        rows.add(encoding.sliver(plan.blob(), restored.sliver()));
        counters.add(RepairJob.RESTORED, 1);
      } catch (RedStuffException e) {
        counters.add(RepairJob.FAILURES, 1);
        rows.add(
            Encoding.failure(null, null, plan.blob().toBytes(), plan.length(), e.getMessage()));
      }
    }
    return rows.iterator();
  }
}
