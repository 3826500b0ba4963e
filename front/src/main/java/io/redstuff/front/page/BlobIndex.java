package io.redstuff.front.page;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.ChainEvent;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.OwnedObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which blobs there are. The ledger says all of one and does not list them; its events name each,
 * once. Thread-safe.
 */
final class BlobIndex {
  private final Ledger ledger;

  /** Objects in the order of their registration, and the blob of each. */
  private final Map<ObjectId, BlobId> objects = new LinkedHashMap<>();

  /** With which event each blob was certified first. */
  private final Map<BlobId, Long> certified = new LinkedHashMap<>();

  BlobIndex(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Hears of an event, of which each has to be told once and in order. */
  synchronized void hear(long sequence, ChainEvent event) {
    switch (event) {
      case ChainEvent.BlobRegistered it -> objects.put(it.objectId(), it.blobId());
      case ChainEvent.BlobCertified it -> certified.putIfAbsent(it.blobId(), sequence);
      case ChainEvent.BlobDeleted it -> objects.remove(it.objectId());
      default -> {}
    }
  }

  synchronized int size() {
    return objects.size();
  }

  /** Returns the number of the event with which a blob was certified first. */
  synchronized OptionalLong certified(BlobId blob) {
    Long sequence = certified.get(blob);
    return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
  }

  /** Returns the blobs that the network owes. */
  SortedSet<BlobId> owed() {
    SortedSet<BlobId> blobs;
    synchronized (this) {
      blobs = new TreeSet<>(certified.keySet());
    }
    blobs.removeIf(blob -> !ledger.blob(blob).isAvailable());
    return blobs;
  }

  private synchronized List<ObjectId> newestFirst() {
    return List.copyOf(new ArrayList<>(objects.keySet()).reversed());
  }

  /** Returns some of the list. */
  BlobPage page(int offset, int most) {
    List<ObjectId> all = newestFirst();
    int from = Math.min(offset, all.size());
    int to = Math.min(from + most, all.size());
    SystemState system = ledger.system();
    List<BlobPage.Blob> blobs = new ArrayList<>();
    for (ObjectId id : all.subList(from, to)) {
      ledger.object(id).ifPresent(owned -> add(owned, system, blobs));
    }
    return new BlobPage(all.size(), from, blobs);
  }

  private void add(OwnedObject owned, SystemState system, List<BlobPage.Blob> blobs) {
    if (owned.object() instanceof LedgerObject.Blob(BlobObject blob, var _)) {
      blobs.add(
          new BlobPage.Blob(
              blob.blobId().toString(),
              blob.id().toString(),
              owned.owner().toString(),
              blob.size(),
              EncodingParameters.forShards(system.shards()).encodedLength(blob.size()),
              blob.registeredEpoch(),
              blob.storage().endEpoch(),
              blob.deletable(),
              standing(blob, system.epoch())));
    }
  }

  private String standing(BlobObject blob, long epoch) {
    BlobState state = ledger.blob(blob.blobId());
    if (state.invalidEpoch().isPresent()) {
      return "invalid";
    }
    if (state.deniedEpoch().isPresent()) {
      return "denied";
    }
    if (epoch >= blob.storage().endEpoch()) {
      return "expired";
    }
    return blob.certifiedEpoch().isPresent() ? "available" : "registered";
  }
}
