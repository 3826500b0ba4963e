package io.redstuff.front.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.EventType;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was lost by shards, and how what happens is told. */
class LossesTest {
  private static final BlobId BLOB = BlobId.of(new byte[BlobId.BYTES]);
  private static final ObjectId OBJECT = ObjectId.of(new byte[ObjectId.BYTES]);

  @Test
  void aShardHasLostWhatWasThereBefore() {
    Losses losses = new Losses();
    losses.lose(List.of(ShardIndex.of(3)), 10);
    assertTrue(losses.isLost(ShardIndex.of(3), OptionalLong.of(9)));
    assertFalse(losses.isLost(ShardIndex.of(3), OptionalLong.of(10)));
    assertFalse(losses.isLost(ShardIndex.of(4), OptionalLong.of(9)));
    assertFalse(losses.isLost(ShardIndex.of(3), OptionalLong.empty()));
  }

  static Stream<ChainEvent> events() {
    return Stream.of(
        new ChainEvent.BlobRegistered(1, BLOB, 5_000, 1, 7, false, OBJECT),
        new ChainEvent.BlobCertified(1, BLOB, 7, false, OBJECT, false),
        new ChainEvent.BlobCertified(1, BLOB, 8, false, OBJECT, true),
        new ChainEvent.BlobDeleted(1, BLOB, 7, OBJECT, true),
        new ChainEvent.InvalidBlobId(1, BLOB),
        new ChainEvent.DenyListBlobDeleted(1, BLOB),
        new ChainEvent.EpochChangeStart(2),
        new ChainEvent.EpochChangeDone(2),
        new ChainEvent.EpochParametersSelected(3),
        new ChainEvent.ShardsReceived(2, List.of(ShardIndex.of(1), ShardIndex.of(2))),
        new ChainEvent.PricesUpdated(1, 11_000, 20_000),
        new ChainEvent.ProtocolVersionUpdated(1, 2, 3));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsTold(ChainEvent event) {
    TransactionDigest digest = TransactionDigest.of(new byte[TransactionDigest.BYTES]);
    NewsItem item = EventSentence.of("now", new LedgerEvent(1, digest, 0, event));
    EventType type = event.type();
    assertTrue(item.kind().equalsIgnoreCase(type.moveName()), item::toString);
    assertTrue(item.text().length() > 10, item::toString);
    boolean isOfBlob = type.moveName().contains("Blob");
    assertEquals(isOfBlob ? BLOB.toString() : null, item.blob());
    assertTrue(item.changed().contains(NewsItem.NETWORK));
  }
}
