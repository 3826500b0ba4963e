package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A blob's metadata and all of its slivers, in native memory that {@link #close} frees.
 *
 * <p>The slivers are views: they are valid until this is closed, and using them afterwards throws
 * {@link IllegalStateException}. Any thread may read and any may close.
 *
 * @since 0.1.0
 */
public final class EncodedBlob implements AutoCloseable {
  private final VerifiedMetadata metadata;
  private final Arena arena;
  private final MemorySegment slivers;

  EncodedBlob(VerifiedMetadata metadata, Arena arena, MemorySegment slivers) {
    this.metadata = metadata;
    this.arena = arena;
    this.slivers = slivers;
  }

  /** {@return the metadata, trusted since it was computed here; outlives {@link #close}} */
  public VerifiedMetadata metadata() {
    return metadata;
  }

  /** {@return the blob id; outlives {@link #close}} */
  public BlobId blobId() {
    return metadata.blobId();
  }

  /**
   * {@return a view of one sliver}
   *
   * @param id its axis and index
   * @throws IndexOutOfBoundsException if the index is not below the number of shards
   */
  public Sliver sliver(SliverId id) {
    EncodingParameters parameters = metadata.parameters();
    Objects.checkIndex(id.index(), parameters.shards());
    int symbolSize = metadata.symbolSize();
    long length = parameters.sliverLength(id.axis(), symbolSize);
    long base =
        id.axis() == Axis.PRIMARY
            ? 0
            : parameters.shards() * parameters.sliverLength(Axis.PRIMARY, symbolSize);
    return Sliver.view(id, symbolSize, slivers.asSlice(base + id.index() * length, length));
  }

  /**
   * {@return views of the two slivers of one pair}
   *
   * @param index the pair
   * @throws IndexOutOfBoundsException if the index is not below the number of shards
   */
  public SliverPair pair(SliverPairIndex index) {
    Objects.checkIndex(index.value(), metadata.parameters().shards());
    return new SliverPair(
        index, sliver(index.primary()), sliver(index.secondary(metadata.parameters())));
  }

  /** {@return all n pairs by index, made as they are asked for} */
  public List<SliverPair> pairs() {
    return new Pairs(this);
  }

  /** Frees the slivers' memory. Closing twice does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private static final class Pairs extends AbstractList<SliverPair> implements RandomAccess {
    private final EncodedBlob blob;

    Pairs(EncodedBlob blob) {
      this.blob = blob;
    }

    @Override
    public SliverPair get(int index) {
      return blob.pair(new SliverPairIndex(Objects.checkIndex(index, size())));
    }

    @Override
    public int size() {
      return blob.metadata.parameters().shards();
    }
  }
}
