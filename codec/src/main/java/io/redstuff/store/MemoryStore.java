package io.redstuff.store;

import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.proof.VerifiedMetadata;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An encoded blob in memory. What is written to it is native and goes with the store.
 *
 * @since 0.1.0
 */
public final class MemoryStore implements SliverStore {
  private final Map<SliverId, Sliver> slivers = new ConcurrentHashMap<>();
  private volatile byte[] metadata = {};

  /** A store with nothing in it. */
  public MemoryStore() {}

  /**
   * {@return a store with what is left of an encoding}
   *
   * @param metadata of the blob
   * @param slivers of the blob, good or not; of several in one place the last is kept. Not copied
   */
  public static MemoryStore of(VerifiedMetadata metadata, Collection<Sliver> slivers) {
    MemoryStore store = new MemoryStore();
    store.metadata = metadata.toBcs();
    slivers.forEach(sliver -> store.slivers.put(sliver.id(), sliver));
    return store;
  }

  /** {@return all slivers in the store, good or not, in no order} */
  public List<Sliver> slivers() {
    return List.copyOf(slivers.values());
  }

  @Override
  public byte[] readMetadata(int limit) throws IOException {
    if (metadata.length == 0) {
      throw new IOException("memory: no metadata there");
    }
    return Arrays.copyOf(metadata, Math.min(limit, metadata.length));
  }

  @Override
  public SliverState look(SliverPlace place) {
    Sliver sliver = slivers.get(place.sliver());
    SliverState found = SliverState.unchecked(place, place.sliver().toString());
    if (sliver == null) {
      return found.as(SliverState.Condition.MISSING);
    }
    long length = sliver.segment().byteSize();
    return sliver.symbolSize() == place.symbolSize() && length == place.length()
        ? found
        : found.asBad(
            "got %s bytes in symbols of %s, expected %s in symbols of %s"
                .formatted(length, sliver.symbolSize(), place.length(), place.symbolSize()));
  }

  @Override
  public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
    Sliver sliver = slivers.get(place.sliver());
    if (sliver == null) {
      throw new EOFException(place.sliver() + ": got a read, expected none as nothing is there");
    }
    MemorySegment.copy(sliver.segment(), offset, target, 0, target.byteSize());
  }

  /** Returns the slivers that are of more shards than the encoding has. */
  @Override
  public List<String> strays(EncodingParameters parameters) {
    return slivers.keySet().stream()
        .filter(sliver -> sliver.index() >= parameters.shards())
        .sorted()
        .map(SliverId::toString)
        .toList();
  }

  @Override
  public Batch begin(Mode mode, Durability durability) throws IOException {
    if (mode == Mode.CREATE && (metadata.length > 0 || !slivers.isEmpty())) {
      throw new IOException("memory: got a new encoding, expected none as one is there");
    }
    return new Draft(mode);
  }

  /** Slivers that are not seen yet. */
  private final class Draft implements Batch {
    private final Mode mode;
    private final Map<SliverPlace, MemorySegment> drafts = new HashMap<>();

    Draft(Mode mode) {
      this.mode = mode;
    }

    @Override
    public void write(SliverPlace place, long offset, MemorySegment symbols) {
      MemorySegment draft =
          drafts.computeIfAbsent(place, p -> Arena.ofAuto().allocate(p.length(), 64));
      MemorySegment.copy(symbols, 0, draft, offset, symbols.byteSize());
    }

    @Override
    public void read(SliverPlace place, long offset, MemorySegment target) {
      MemorySegment.copy(drafts.get(place), offset, target, 0, target.byteSize());
    }

    @Override
    public void discard(SliverPlace place) {
      drafts.remove(place);
    }

    @Override
    public void commit(byte[] newMetadata) {
      if (mode == Mode.REPLACE) {
        metadata = new byte[0];
        slivers.clear();
      }
      drafts.forEach(
          (place, symbols) ->
              slivers.put(
                  place.sliver(), Sliver.view(place.sliver(), place.symbolSize(), symbols)));
      if (newMetadata.length > 0) {
        metadata = newMetadata.clone();
      }
    }

    @Override
    public void close() {
      drafts.clear();
    }
  }
}
