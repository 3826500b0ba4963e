package io.redstuff.front.page;

import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.LedgerEvent;
import java.util.Locale;

/** Says what the ledger's events mean. */
final class EventSentence {
  private EventSentence() {}

  /** Returns an event as news. */
  static NewsItem of(String time, LedgerEvent event) {
    String kind = event.event().type().moveName().toLowerCase(Locale.ROOT);
    return switch (event.event()) {
      case ChainEvent.BlobRegistered it ->
          NewsItem.ofBlob(
              time,
              kind,
              "A blob of %,d bytes was registered, until epoch %s"
                  .formatted(it.size(), it.endEpoch()),
              it.blobId().toString());
      case ChainEvent.BlobCertified it ->
          NewsItem.ofBlob(
              time,
              kind,
              it.isExtension()
                  ? "A blob was extended until epoch " + it.endEpoch()
                  : "A blob was certified: two thirds of the shards have it",
              it.blobId().toString());
      case ChainEvent.BlobDeleted it ->
          NewsItem.ofBlob(time, kind, "A blob was deleted by its owner", it.blobId().toString());
      case ChainEvent.InvalidBlobId it ->
          NewsItem.ofBlob(
              time, kind, "A blob was found to be inconsistent", it.blobId().toString());
      case ChainEvent.DenyListBlobDeleted it ->
          NewsItem.ofBlob(time, kind, "A blob is denied and was deleted", it.blobId().toString());
      case ChainEvent.EpochChangeStart it ->
          NewsItem.ofNetwork(time, kind, "Epoch %s begins, and shards move".formatted(it.epoch()));
      case ChainEvent.EpochChangeDone it ->
          NewsItem.ofNetwork(time, kind, "The nodes have the data of epoch " + it.epoch());
      case ChainEvent.EpochParametersSelected it ->
          NewsItem.ofNetwork(
              time, kind, "The committee of epoch " + it.nextEpoch() + " is settled");
      case ChainEvent.ShardsReceived it ->
          NewsItem.ofNetwork(
              time, kind, "A node has received %s shards".formatted(it.shards().size()));
      case ChainEvent.PricesUpdated it ->
          NewsItem.ofNetwork(
              time,
              kind,
              "Prices: %s to store a MiB for an epoch, %s to write one"
                  .formatted(Frost.of(it.storagePrice()), Frost.of(it.writePrice())));
      default ->
          NewsItem.ofNetwork(time, kind, "On the ledger: " + event.event().type().moveName());
    };
  }
}
