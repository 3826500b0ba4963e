package io.redstuff.network.node.storage;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.store.Durability;
import io.redstuff.store.SliverPlace;
import io.redstuff.store.SliverState;
import io.redstuff.store.SliverStore;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One blob in the store of a node, of as many pairs as the node has shards.
 *
 * <p>What was read last is kept: a sliver is one row, and who reads it piece by piece shall not
 * fetch it each time.
 *
 * @since 0.1.0
 */
public final class BlobSlivers implements SliverStore {
  private final NodeStore store;
  private final BlobId blob;
  private volatile KeptSliver last;

  /**
   * Looks at a blob.
   *
   * @param store the node's
   * @param blob the blob, of which there may be nothing
   */
  public BlobSlivers(NodeStore store, BlobId blob) {
    this.store = store;
    this.blob = blob;
  }

  @Override
  public byte[] readMetadata(int limit) throws IOException {
    byte[] bcs =
        store
            .metadata(blob)
            .orElseThrow(() -> new IOException("blob " + blob + ": no metadata there"));
    return bcs.length <= limit ? bcs : Arrays.copyOf(bcs, limit);
  }

  private SliverKey key(SliverPlace place) {
    return SliverKey.of(blob, place.sliver(), place.parameters());
  }

  @Override
  public SliverState look(SliverPlace place) {
    SliverKey key = key(place);
    SliverState found =
        SliverState.unchecked(place, "%s of shard %s".formatted(place.sliver(), key.shard()));
    try {
      Optional<NodeStore.Shape> shape = store.shape(key);
      if (shape.isEmpty()) {
        return found.as(SliverState.Condition.MISSING);
      }
      NodeStore.Shape got = shape.get();
      return got.symbolSize() == place.symbolSize() && got.length() == place.length()
          ? found
          : found.asBad(
              "got %s bytes in symbols of %s, expected %s in symbols of %s"
                  .formatted(got.length(), got.symbolSize(), place.length(), place.symbolSize()));
    } catch (IOException e) {
      return found.asBad(e.getMessage());
    }
  }

  @Override
  public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
    SliverKey key = key(place);
    KeptSliver sliver = last;
    if (sliver == null || !sliver.key().equals(key)) {
      sliver =
          store
              .sliver(key)
              .orElseThrow(
                  () ->
                      new EOFException(
                          "blob %s: got a read of %s, expected none as it is not there"
                              .formatted(blob, place.sliver())));
      last = sliver;
    }
    copy(MemorySegment.ofArray(sliver.symbols()), place, offset, target);
  }

  private void copy(MemorySegment symbols, SliverPlace place, long offset, MemorySegment target)
      throws IOException {
    if (offset > symbols.byteSize() - target.byteSize()) {
      throw new EOFException(
          "blob %s: got %s with %s bytes, expected at least %s"
              .formatted(blob, place.sliver(), symbols.byteSize(), offset + target.byteSize()));
    }
    MemorySegment.copy(symbols, offset, target, 0, target.byteSize());
  }

  /** There is no place for what belongs to no shard. */
  @Override
  public List<String> strays(EncodingParameters parameters) {
    return List.of();
  }

  @Override
  public Batch begin(Mode mode, Durability durability) throws IOException {
    if (mode == Mode.CREATE && (store.hasMetadata(blob) || !store.held(blob).isEmpty())) {
      throw new IOException("blob " + blob + ": got a new encoding, expected none as one is there");
    }
    return new Draft(mode == Mode.REPLACE);
  }

  /** Slivers in memory until they are written, together. */
  private final class Draft implements Batch {
    private final boolean alone;
    private final Map<SliverPlace, byte[]> drafts = new TreeMap<>();

    Draft(boolean alone) {
      this.alone = alone;
    }

    @Override
    public void write(SliverPlace place, long offset, MemorySegment symbols) {
      byte[] draft = drafts.computeIfAbsent(place, p -> new byte[Math.toIntExact(p.length())]);
      MemorySegment.copy(symbols, 0, MemorySegment.ofArray(draft), offset, symbols.byteSize());
    }

    @Override
    public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
      copy(MemorySegment.ofArray(drafts.get(place)), place, offset, target);
    }

    @Override
    public void discard(SliverPlace place) {
      drafts.remove(place);
    }

    @Override
    public void commit(byte[] metadata) throws IOException {
      List<KeptSliver> slivers =
          drafts.entrySet().stream()
              .map(
                  entry ->
                      new KeptSliver(
                          key(entry.getKey()), entry.getKey().symbolSize(), entry.getValue()))
              .toList();
      store.putAll(blob, metadata, slivers, alone);
      last = null;
    }

    @Override
    public void close() {
      drafts.clear();
    }
  }
}
