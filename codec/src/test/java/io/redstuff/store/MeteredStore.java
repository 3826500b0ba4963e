package io.redstuff.store;

import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A store that counts what is read of another, and fails where it is told to. */
public final class MeteredStore implements SliverStore {
  private final SliverStore store;
  public final LongAdder bytesRead = new LongAdder();
  final Set<SliverId> touched = ConcurrentHashMap.newKeySet();
  public final Set<SliverId> unreadable = ConcurrentHashMap.newKeySet();

  /** What comes of reading them. */
  IOException failure = new IOException("Input/output error");

  /** Whether what is written can be read again before it is committed. */
  boolean readsBack = true;

  /** How many slivers can be written before the disk is full. */
  int room = Integer.MAX_VALUE;

  /** How many commits there were. */
  int commits;

  public MeteredStore(SliverStore store) {
    this.store = store;
  }

  @Override
  public byte[] readMetadata(int limit) throws IOException {
    return store.readMetadata(limit);
  }

  @Override
  public SliverState look(SliverPlace place) {
    return store.look(place);
  }

  @Override
  public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
    if (unreadable.contains(place.sliver())) {
      throw failure;
    }
    store.read(place, offset, target);
    bytesRead.add(target.byteSize());
    touched.add(place.sliver());
  }

  @Override
  public List<String> strays(EncodingParameters parameters) throws IOException {
    return store.strays(parameters);
  }

  @Override
  public Batch begin(Mode mode, Durability durability) throws IOException {
    Batch batch = store.begin(mode, durability);
    return new Batch() {
      @Override
      public void write(SliverPlace place, long offset, MemorySegment symbols) throws IOException {
        if (offset == 0 && room-- <= 0) {
          throw new IOException(place.sliver() + ": no space left on device");
        }
        batch.write(place, offset, symbols);
      }

      @Override
      public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
        if (!readsBack) {
          throw failure;
        }
        batch.read(place, offset, target);
      }

      @Override
      public void discard(SliverPlace place) throws IOException {
        batch.discard(place);
      }

      @Override
      public void commit(byte[] metadata) throws IOException {
        commits++;
        batch.commit(metadata);
      }

      @Override
      public void close() throws IOException {
        batch.close();
      }
    };
  }
}
