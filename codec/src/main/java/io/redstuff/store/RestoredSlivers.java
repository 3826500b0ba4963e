package io.redstuff.store;

import io.redstuff.SliverId;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.stream.SliverSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Writes restored slivers back to their store, some at a time. */
final class RestoredSlivers implements AutoCloseable {
  /** So much is written before it is committed: short slivers wait for the device together. */
  private static final long BATCH_BYTES = 64L << 20;

  private final StoredEncoding stored;
  private final StoredSlivers slivers;
  private final Durability durability;
  private final Set<SliverPlace> written = new LinkedHashSet<>();
  private SliverStore.Batch batch;
  private long bytes;

  RestoredSlivers(StoredEncoding stored, StoredSlivers slivers, Durability durability) {
    this.stored = stored;
    this.slivers = slivers;
    this.durability = durability;
  }

  /** Writes a sliver that was hashed and is good. When this throws, those before are committed. */
  void put(SliverId sliver, MemorySegment symbols) throws IOException {
    SliverPlace place = stored.place(sliver);
    SliverStore.Batch now = batch();
    try {
      now.write(place, 0, symbols);
    } catch (IOException e) {
      try {
        now.discard(place);
        commit();
      } catch (IOException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
    written.add(place);
    bytes += place.length();
    if (bytes >= BATCH_BYTES) {
      commit();
    }
  }

  /** Takes slivers that nobody has hashed yet, of those that are wanted, piece by piece. */
  SliverSink sink(Set<SliverId> wanted) throws IOException {
    SliverStore.Batch now = batch();
    return (sliver, offset, symbols) -> {
      if (wanted.contains(sliver)) {
        SliverPlace place = stored.place(sliver);
        now.write(place, offset, symbols);
        written.add(place);
      }
    };
  }

  /** Hashes what was written, commits those that are good, and returns the others. */
  Set<SliverId> keepGood() throws IOException {
    Set<SliverId> refused = new TreeSet<>();
    for (SliverPlace place : stored.refused(batch(), written)) {
      batch.discard(place);
      written.remove(place);
      refused.add(place.sliver());
    }
    commit();
    return refused;
  }

  /** Puts what was written in its place. */
  void commit() throws IOException {
    if (batch != null) {
      batch.commit(new byte[0]);
      written.forEach(place -> slivers.put(place.sliver(), Condition.RESTORED));
    }
    close();
  }

  private SliverStore.Batch batch() throws IOException {
    if (batch == null) {
      batch = stored.store().begin(SliverStore.Mode.ADD, durability);
    }
    return batch;
  }

  @Override
  public void close() throws IOException {
    written.clear();
    bytes = 0;
    if (batch != null) {
      SliverStore.Batch last = batch;
      batch = null;
      last.close();
    }
  }
}
