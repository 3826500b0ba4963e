package io.redstuff.network.node.service;

import io.redstuff.BlobId;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was sent ahead of its blob's registration, verified, in memory. It is written when the
 * registration is heard of, and forgotten if that takes too long and room is needed.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Pending {
  private final KeptBlobs blobs;
  private final long mostBytes;
  private final Duration patience;

  /** From the blob of which the oldest metadata are; guarded by this. */
  private final Map<BlobId, Entry> entries = new LinkedHashMap<>();

  private long bytes;

  private static final class Entry {
    final VerifiedMetadata metadata;
    final Map<SliverKey, VerifiedSliver> slivers = new HashMap<>();
    final long since = System.nanoTime();
    long bytes;

    Entry(VerifiedMetadata metadata, long bytes) {
      this.metadata = metadata;
      this.bytes = bytes;
    }
  }

  /**
   * A buffer with nothing in it.
   *
   * @param blobs where to write
   * @param mostBytes how much it holds
   * @param patience how long what was sent is safe from being forgotten
   */
  public Pending(KeptBlobs blobs, long mostBytes, Duration patience) {
    this.blobs = blobs;
    this.mostBytes = mostBytes;
    this.patience = patience;
  }

  synchronized boolean add(VerifiedMetadata metadata) {
    if (entries.containsKey(metadata.blobId())) {
      return true;
    }
    long length = metadata.parameters().metadataLength();
    if (!makeRoom(length)) {
      return false;
    }
    entries.put(metadata.blobId(), new Entry(metadata, length));
    bytes += length;
    return true;
  }

  /** Takes a sliver; false if there is no room, or no longer metadata. */
  synchronized boolean add(SliverKey key, VerifiedSliver sliver) {
    Entry entry = entries.get(key.blob());
    if (entry != null && entry.slivers.containsKey(key)) {
      return true;
    }
    long length = sliver.sliver().segment().byteSize();
    if (entry == null || !makeRoom(length) || !entries.containsKey(key.blob())) {
      return false;
    }
    entry.slivers.put(key, sliver);
    entry.bytes += length;
    bytes += length;
    return true;
  }

  private boolean makeRoom(long length) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (bytes + length > mostBytes && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (System.nanoTime() - entry.since < patience.toNanos()) {
        return false;
      }
      oldest.remove();
      bytes -= entry.bytes;
    }
    return bytes + length <= mostBytes;
  }

  synchronized Optional<VerifiedMetadata> metadata(BlobId blob) {
    return Optional.ofNullable(entries.get(blob)).map(entry -> entry.metadata);
  }

  synchronized boolean has(SliverKey key) {
    Entry entry = entries.get(key.blob());
    return entry != null && entry.slivers.containsKey(key);
  }

  /** {@return how many bytes it holds} */
  public synchronized long bytes() {
    return bytes;
  }

  /**
   * Writes what was sent of a blob that is registered now.
   *
   * @param blob the blob
   * @throws IOException if it cannot be written; then it stays
   */
  public void flush(BlobId blob) throws IOException {
    Entry entry;
    List<VerifiedSliver> slivers;
    synchronized (this) {
      entry = entries.get(blob);
      if (entry == null) {
        return;
      }
      slivers = new ArrayList<>(entry.slivers.values());
    }
    blobs.put(entry.metadata);
    blobs.putAll(slivers);
    synchronized (this) {
      // What came meanwhile is written by who brought it: the blob is registered.
      if (entry.slivers.size() == slivers.size() && entries.remove(blob, entry)) {
        bytes -= entry.bytes;
        return;
      }
    }
    flush(blob);
  }

  /**
   * Forgets what was sent of a blob.
   *
   * @param blob the blob
   */
  public synchronized void forget(BlobId blob) {
    Entry entry = entries.remove(blob);
    if (entry != null) {
      bytes -= entry.bytes;
    }
  }
}
