package io.redstuff.cli.network;

import io.redstuff.BlobId;
import io.redstuff.chain.ChainEvent;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which blobs a network owes: the ledger says it of one, and tells of all in its events. */
final class OwedBlobs {
  private static final int EVENTS_AT_A_TIME = 1000;

  private OwedBlobs() {}

  /** Returns all blobs that are certified and paid for, in ascending order of their bytes. */
  static SortedSet<BlobId> of(Ledger ledger) {
    SortedSet<BlobId> blobs = new TreeSet<>();
    long next = 0;
    List<LedgerEvent> events;
    do {
      events = ledger.events(next, EVENTS_AT_A_TIME);
      next += events.size();
      for (LedgerEvent event : events) {
        if (event.event() instanceof ChainEvent.BlobCertified certified) {
          blobs.add(certified.blobId());
        }
      }
    } while (events.size() == EVENTS_AT_A_TIME);
    blobs.removeIf(blob -> !ledger.blob(blob).isAvailable());
    return blobs;
  }
}
