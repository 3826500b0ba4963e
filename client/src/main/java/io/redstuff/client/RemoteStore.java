package io.redstuff.client;

import io.redstuff.EncodingParameters;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.Durability;
import io.redstuff.store.SliverPlace;
import io.redstuff.store.SliverState;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.store.SliverStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;

/**
 * An encoding that is spread over the nodes, as a store to read from. What is asked for and not
 * there is fetched, unless the store was sealed: from then on it is what was fetched, and no more.
 * Slivers have been checked when they can be read.
 */
final class RemoteStore implements SliverStore {
  private final VerifiedMetadata metadata;
  private final SliverFetcher fetcher;
  private final SliverCache cache;
  private volatile boolean sealed;

  RemoteStore(VerifiedMetadata metadata, SliverFetcher fetcher, SliverCache cache) {
    this.metadata = metadata;
    this.fetcher = fetcher;
    this.cache = cache;
  }

  /** Has nothing fetched from now on. */
  void seal() {
    sealed = true;
  }

  @Override
  public byte[] readMetadata(int limit) {
    byte[] bcs = metadata.toBcs();
    return Arrays.copyOf(bcs, Math.min(limit, bcs.length));
  }

  @Override
  public SliverState look(SliverPlace place) {
    SliverState hoped = SliverState.unchecked(place, place.sliver().toString());
    return cache.has(place.sliver()) || (!sealed && !fetcher.isLost(place.sliver()))
        ? hoped
        : hoped.as(Condition.MISSING);
  }

  @Override
  public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
    if (!cache.has(place.sliver())) {
      fetch(place);
    }
    cache.read(place.sliver(), offset, target);
  }

  private void fetch(SliverPlace place) throws IOException {
    try {
      if (!fetcher.gather(List.of(place.sliver()), 1, true)) {
        throw new IOException(place.sliver() + ": no node has it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  @Override
  public List<String> strays(EncodingParameters parameters) {
    return List.of();
  }

  @Override
  public Batch begin(Mode mode, Durability durability) throws IOException {
    throw new IOException("nodes: got a batch to write, expected reads only");
  }
}
