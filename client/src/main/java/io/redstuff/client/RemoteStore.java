package io.redstuff.client;

import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
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
import java.util.concurrent.locks.ReentrantLock;

/**
 * An encoding that is spread over the nodes, as a store to read from. What is asked for and not
 * there is fetched, unless the store was sealed: from then on it is what was fetched, and no more.
 * Slivers have been checked when they can be read.
 *
 * <p>A sliver that is not to be had soon seals the store, after as many others were fetched as
 * decode the blob. They take its place; and if they are not to be had either, that is found out
 * once, at all nodes at a time, and not with the same patience for each sliver that is tried
 * instead.
 */
final class RemoteStore implements SliverStore {
  private final VerifiedMetadata metadata;
  private final SliverFetcher fetcher;
  private final SliverCache cache;
  private final Gathering all;

  /** Held while all are gathered: whoever wants one meanwhile waits for what comes of that. */
  private final ReentrantLock gathering = new ReentrantLock();

  private volatile boolean sealed;

  /** Gets as many slivers as decode the blob. */
  @FunctionalInterface
  interface Gathering {
    void run() throws IOException, InterruptedException;
  }

  RemoteStore(VerifiedMetadata metadata, SliverFetcher fetcher, SliverCache cache, Gathering all) {
    this.metadata = metadata;
    this.fetcher = fetcher;
    this.cache = cache;
    this.all = all;
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
      fetch(place.sliver());
    }
    cache.read(place.sliver(), offset, target);
  }

  private void fetch(SliverId sliver) throws IOException {
    try {
      if (!sealed && !fetcher.gather(List.of(sliver), 1, false)) {
        gatherAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
    if (!cache.has(sliver)) {
      throw new IOException(sliver + ": no node has it");
    }
  }

  private void gatherAll() throws IOException, InterruptedException {
    gathering.lockInterruptibly();
    try {
      if (!sealed) {
        sealed = true; // whatever comes of it
        all.run();
      }
    } finally {
      gathering.unlock();
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
