package io.redstuff.spark;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.spark.task.TaskWorkers;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The roots of the slivers of a task: some are hashed together, and those of one blob in one place
 * make one row, so that 36 bytes travel for each sliver and little more.
 */
final class SliverRoots implements Iterator<Row> {
  /** By blob and place, {@link Root}s one after another. */
  static final StructType TABLE =
      Tables.table(
          Tables.field(Tables.BLOB, DataTypes.BinaryType),
          Tables.field(Tables.PLACE, DataTypes.StringType),
          Tables.field("roots", DataTypes.BinaryType));

  /** So many slivers are hashed together, as long as they have not more bytes than this. */
  private static final int TOGETHER = 1024;

  private static final long TOGETHER_BYTES = 8L << 20;

  /** What can be said of a sliver where it lies. */
  enum State {
    /** It has been hashed. */
    HASHED(0),
    /** It is no BCS of a sliver. */
    MALFORMED(1),
    /** It is not the sliver that its row says, or none of this number of shards. */
    MISPLACED(2);

    private final int code;

    State(int code) {
      this.code = code;
    }

    private static State of(int code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalArgumentException("state of a sliver: got " + code + ", expected 0 to 2");
    }
  }

  /**
   * One sliver.
   *
   * @param id which sliver its row says it is
   * @param state what was found
   * @param digest 32 bytes, zero where nothing was hashed
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Root(SliverId id, State state, byte[] digest) {
    private static final int BYTES = 4 + 32;

    private void write(ByteBuffer out) {
      out.put((byte) id.axis().variant()).putShort((short) id.index());
      out.put((byte) state.code).put(digest);
    }

    /** Reads what a row has. */
    static List<Root> parse(byte[] roots) {
      List<Root> all = new ArrayList<>();
      ByteBuffer in = ByteBuffer.wrap(roots);
      while (in.hasRemaining()) {
        Axis axis = Axis.ofVariant(in.get());
        SliverId id = new SliverId(axis, Short.toUnsignedInt(in.getShort()));
        State state = State.of(in.get());
        byte[] digest = new byte[32];
        in.get(digest);
        all.add(new Root(id, state, digest));
      }
      return all;
    }
  }

  /** What slivers have in common that make one row. */
  private record Home(BlobId blob, String place) {}

  private final Iterator<Row> slivers;
  private final TaskWorkers workers;
  private final Counters counters;
  private final Deque<Row> done = new ArrayDeque<>();

  SliverRoots(Iterator<Row> slivers, int shards, Counters counters) {
    this.slivers = slivers;
    this.workers = TaskWorkers.of(shards);
    this.counters = counters;
  }

  @Override
  public boolean hasNext() {
    if (done.isEmpty() && slivers.hasNext()) {
      together();
    }
    return !done.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("roots: got all");
    }
    return done.remove();
  }

  private void together() {
    List<Home> homes = new ArrayList<>();
    List<SliverId> ids = new ArrayList<>();
    List<State> states = new ArrayList<>();
    List<Sliver> hashed = new ArrayList<>();
    long bytes = 0;
    while (slivers.hasNext() && ids.size() < TOGETHER && bytes < TOGETHER_BYTES) {
      Row row = slivers.next();
      byte[] bcs = row.getAs(Tables.BCS);
      SliverId id =
          new SliverId(
              Axis.ofVariant(row.<Integer>getAs(Tables.AXIS)), row.<Integer>getAs(Tables.INDEX));
      homes.add(new Home(BlobId.of(row.getAs(Tables.BLOB)), row.getAs(Tables.PLACE)));
      ids.add(id);
      bytes += bcs.length;
      states.add(look(id, bcs, hashed));
    }
    Iterator<byte[]> roots = workers.verifier().roots(hashed).iterator();
    Map<Home, List<Root>> byHome = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      State state = states.get(i);
      byte[] digest = new byte[32];
      if (state == State.HASHED) {
        byte[] root = roots.next();
        if (root.length == 0) {
          state = State.MISPLACED;
        } else {
          digest = root;
        }
      }
      byHome
          .computeIfAbsent(homes.get(i), _ -> new ArrayList<>())
          .add(new Root(ids.get(i), state, digest));
    }
    byHome.forEach((home, all) -> done.add(row(home, all)));
    counters.add(ScrubJob.SLIVERS, ids.size());
    counters.add(ScrubJob.BYTES, bytes);
  }

  private static State look(SliverId id, byte[] bcs, List<Sliver> hashed) {
    try {
      // nobody writes to the array of a row
      Sliver sliver = Sliver.parseView(id.axis(), MemorySegment.ofArray(bcs));
      if (!sliver.id().equals(id)) {
        return State.MISPLACED;
      }
      hashed.add(sliver);
      return State.HASHED;
    } catch (MalformedDataException e) {
      return State.MALFORMED;
    }
  }

  private static Row row(Home home, List<Root> roots) {
    ByteBuffer out = ByteBuffer.allocate(Root.BYTES * roots.size());
    roots.forEach(root -> root.write(out));
    return RowFactory.create(home.blob.toBytes(), home.place, out.array());
  }
}
