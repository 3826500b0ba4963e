package io.redstuff.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.codec.Refusals;
import io.redstuff.error.MalformedDataException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and events of any content, and whether a blob is available by them. */
class ChainObjectsTest {
  private static final BlobId BLOB = BlobId.of(bytes(new Random(1)));
  private static final BlobId OTHER = BlobId.of(bytes(new Random(2)));
  private static final ObjectId A = ObjectId.of(bytes(new Random(3)));
  private static final ObjectId B = ObjectId.of(bytes(new Random(4)));
  private static final ObjectId POOL = ObjectId.of(bytes(new Random(5)));

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  private static long u32(Random random) {
    return Integer.toUnsignedLong(random.nextInt());
  }

  private static OptionalLong maybe(Random random) {
    return random.nextBoolean() ? OptionalLong.of(u32(random)) : OptionalLong.empty();
  }

  private static BlobObject blob(Random random) {
    StorageResource storage =
        new StorageResource(
            ObjectId.of(bytes(random)), u32(random), u32(random), random.nextLong());
    return new BlobObject(
        ObjectId.of(bytes(random)),
        u32(random),
        BlobId.of(bytes(random)),
        random.nextLong(),
        random.nextInt(256),
        maybe(random),
        storage,
        random.nextBoolean());
  }

  @Property(tries = 20)
  void objectsRoundTrip(@ForAll long seed) throws MalformedDataException {
    Random random = new Random(seed);
    BlobObject blob = blob(random);
    assertEquals(blob, BlobObject.parse(blob.toBcs()));
    Refusals.check(blob.toBcs(), bytes -> BlobObject.parse(bytes).toBcs());
    Refusals.check(blob.storage().toBcs(), bytes -> StorageResource.parse(bytes).toBcs());
    SharedBlob shared = new SharedBlob(ObjectId.of(bytes(random)), blob, random.nextLong());
    assertEquals(shared, SharedBlob.parse(shared.toBcs()));
    Refusals.check(shared.toBcs(), bytes -> SharedBlob.parse(bytes).toBcs());
    PooledBlob pooled =
        new PooledBlob(
            ObjectId.of(bytes(random)),
            u32(random),
            BlobId.of(bytes(random)),
            random.nextLong(),
            random.nextInt(256),
            maybe(random),
            ObjectId.of(bytes(random)),
            random.nextBoolean());
    assertEquals(pooled, PooledBlob.parse(pooled.toBcs()));
    Refusals.check(pooled.toBcs(), bytes -> PooledBlob.parse(bytes).toBcs());
  }

  @Test
  void attributes() throws MalformedDataException {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    values.put("_walrusBlobType", "quilt");
    values.put("a", "\u00e4\ud83d\udc18");
    values.put("", "");
    BlobAttributes attributes = new BlobAttributes(values);
    values.clear();
    byte[] bcs = attributes.toBcs();
    assertEquals(
        "03" + "0f5f77616c727573426c6f6254797065057175696c74" + "0161" + "06c3a4f09f9098" + "0000",
        HexFormat.of().formatHex(bcs));
    assertEquals(attributes, BlobAttributes.parse(bcs));
    assertEquals(
        List.of("_walrusBlobType", "a", ""),
        List.copyOf(BlobAttributes.parse(bcs).values().keySet()));
    assertTrue(Refusals.check(bcs, bytes -> BlobAttributes.parse(bytes).toBcs()) > 0);
    assertMalformed("at byte 5: blob attributes: got a key twice", "02" + "01610162" + "01610163");
    assertMalformed("at byte 1: attribute: got bytes that are not UTF-8", "0101ff00");
    assertMalformed(
        "at byte 3: value of attribute: got bytes that are not UTF-8", "01016103edb080");
  }

  private static void assertMalformed(String message, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> BlobAttributes.parse(bytes));
    assertEquals(message, e.getMessage());
  }

  private static ChainEvent event(EventType type, Random random) {
    long epoch = u32(random);
    long end = u32(random);
    BlobId blob = BlobId.of(bytes(random));
    ObjectId object = ObjectId.of(bytes(random));
    ObjectId pool = ObjectId.of(bytes(random));
    boolean flag = random.nextBoolean();
    boolean other = random.nextBoolean();
    long size = random.nextLong();
    int encoding = random.nextInt(256);
    return switch (type) {
      case BLOB_REGISTERED ->
          new ChainEvent.BlobRegistered(epoch, blob, size, encoding, end, flag, object);
      case BLOB_CERTIFIED -> new ChainEvent.BlobCertified(epoch, blob, end, flag, object, other);
      case BLOB_DELETED -> new ChainEvent.BlobDeleted(epoch, blob, end, object, flag);
      case INVALID_BLOB_ID -> new ChainEvent.InvalidBlobId(epoch, blob);
      case DENY_LIST_BLOB_DELETED -> new ChainEvent.DenyListBlobDeleted(epoch, blob);
      case POOLED_BLOB_REGISTERED ->
          new ChainEvent.PooledBlobRegistered(epoch, blob, size, encoding, flag, object, pool);
      case POOLED_BLOB_CERTIFIED ->
          new ChainEvent.PooledBlobCertified(epoch, blob, flag, object, pool);
      case POOLED_BLOB_DELETED -> new ChainEvent.PooledBlobDeleted(epoch, blob, object, flag, pool);
      case STORAGE_POOL_CREATED ->
          new ChainEvent.StoragePoolCreated(epoch, pool, size, u32(random), end);
      case STORAGE_POOL_EXTENDED -> new ChainEvent.StoragePoolExtended(epoch, pool, end);
      case EPOCH_CHANGE_START -> new ChainEvent.EpochChangeStart(epoch);
      case EPOCH_CHANGE_DONE -> new ChainEvent.EpochChangeDone(epoch);
      case SHARDS_RECEIVED ->
          new ChainEvent.ShardsReceived(
              epoch, List.of(ShardIndex.of(random.nextInt(65536)), ShardIndex.of(7)));
      case EPOCH_PARAMETERS_SELECTED -> new ChainEvent.EpochParametersSelected(epoch);
      case PRICES_UPDATED -> new ChainEvent.PricesUpdated(epoch, size, random.nextLong());
      case PROTOCOL_VERSION_UPDATED -> new ChainEvent.ProtocolVersionUpdated(epoch, end, size);
    };
  }

  @ParameterizedTest
  @EnumSource
  void eventsRoundTrip(EventType type) throws MalformedDataException {
    for (int seed = 0; seed < 5; seed++) {
      ChainEvent event = event(type, new Random(seed));
      assertEquals(type, event.type());
      assertEquals(event, ChainEvent.parse(type, event.toBcs()));
      Refusals.check(event.toBcs(), bytes -> ChainEvent.parse(type, bytes).toBcs());
    }
    assertEquals(type, EventType.parse(type.moveName()));
  }

  @Test
  void unknownEventsAreRefused() {
    assertThrows(MalformedDataException.class, () -> EventType.parse("BlobLost"));
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> EventType.parse("B".repeat(1000)));
    assertTrue(e.getMessage().contains("'" + "B".repeat(40) + "...'"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L})
  void numbersMustFit(long epoch) {
    assertThrows(IllegalArgumentException.class, () -> new ChainEvent.EpochChangeDone(epoch));
    assertThrows(IllegalArgumentException.class, () -> new StorageResource(A, epoch, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BlobHistory(BLOB).availability(epoch));
    int encoding = Math.clamp(epoch, -1, 256);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ChainEvent.BlobRegistered(1, BLOB, 1, encoding, 1, true, A));
    assertEquals("encoding type: got " + encoding + ", expected 0 to 255", e.getMessage());
  }

  @Test
  void availableFromCertificationToTheEnd() {
    Random random = new Random(6);
    StorageResource storage = new StorageResource(A, 3, 9, 100);
    BlobObject blob =
        new BlobObject(B, 4, BLOB, 12, 1, OptionalLong.of(5), storage, random.nextBoolean());
    assertEquals(Availability.NOT_CERTIFIED, blob.availability(4));
    assertEquals(Availability.AVAILABLE, blob.availability(5));
    assertEquals(Availability.AVAILABLE, blob.availability(8));
    assertEquals(Availability.EXPIRED, blob.availability(9));
    assertTrue(blob.availability(8).isAvailable());
    assertFalse(blob.availability(9).isAvailable());
    BlobObject registered = new BlobObject(B, 4, BLOB, 12, 1, OptionalLong.empty(), storage, true);
    assertEquals(Availability.NOT_CERTIFIED, registered.availability(8));
    PooledBlob pooled = new PooledBlob(B, 4, BLOB, 12, 1, OptionalLong.of(5), POOL, true);
    assertEquals(Availability.AVAILABLE, pooled.availability(6, 7));
    assertEquals(Availability.EXPIRED, pooled.availability(7, 7));
    assertThrows(IllegalArgumentException.class, () -> pooled.availability(0, -1));
  }

  private static ChainEvent certified(long epoch, long end, ObjectId object, boolean extension) {
    return new ChainEvent.BlobCertified(epoch, BLOB, end, true, object, extension);
  }

  private static void assertHistory(String expected, ChainEvent... events) {
    BlobHistory history = BlobHistory.of(BLOB, List.of(events));
    StringBuilder shown = new StringBuilder();
    for (int epoch = 0; epoch < 8; epoch++) {
      shown.append(history.availability(epoch).name(), 0, 2).append(' ');
    }
    assertEquals(expected, shown.toString().trim());
  }

  @Test
  void historiesOfOneObject() {
    assertHistory("NO NO NO NO NO NO NO NO");
    assertHistory(
        "NO NO NO NO NO NO NO NO",
        new ChainEvent.BlobRegistered(1, BLOB, 12, 1, 6, true, A),
        new ChainEvent.EpochChangeDone(2));
    assertHistory("NO NO AV AV AV EX EX EX", certified(2, 5, A, false));
    assertHistory("NO NO AV AV AV AV AV EX", certified(2, 5, A, false), certified(2, 7, A, true));
    assertHistory(
        "NO NO AV AV DE DE DE DE",
        certified(2, 5, A, false),
        new ChainEvent.BlobDeleted(4, BLOB, 5, A, true));
    assertHistory(
        "NO NO AV IN IN IN IN IN",
        certified(2, 7, A, false),
        new ChainEvent.InvalidBlobId(3, BLOB),
        new ChainEvent.InvalidBlobId(5, BLOB));
    assertHistory(
        "NO NO AV AV DE DE IN IN",
        certified(2, 7, A, false),
        new ChainEvent.DenyListBlobDeleted(4, BLOB),
        new ChainEvent.InvalidBlobId(6, BLOB));
    assertEquals(
        Availability.DENIED,
        BlobHistory.of(BLOB, List.of(new ChainEvent.DenyListBlobDeleted(4, BLOB))).availability(4));
  }

  @Test
  void oneObjectOfSeveralIsEnough() {
    assertHistory(
        "NO AV AV AV AV AV DE DE",
        certified(1, 4, A, false),
        certified(2, 7, B, false),
        new ChainEvent.BlobDeleted(3, BLOB, 4, A, true),
        new ChainEvent.BlobDeleted(6, BLOB, 7, B, true));
  }

  @Test
  void eventsOfOtherBlobsMeanNothing() {
    assertHistory(
        "NO NO AV AV AV EX EX EX",
        certified(2, 5, A, false),
        new ChainEvent.BlobCertified(1, OTHER, 9, true, B, false),
        new ChainEvent.BlobDeleted(1, OTHER, 9, B, true),
        new ChainEvent.PooledBlobCertified(1, OTHER, true, B, POOL),
        new ChainEvent.PooledBlobDeleted(1, OTHER, B, true, POOL),
        new ChainEvent.DenyListBlobDeleted(1, OTHER),
        new ChainEvent.InvalidBlobId(1, OTHER));
  }

  @Test
  void blobsOfPoolsEndWithThem() {
    assertHistory(
        "NO NO EX EX EX EX EX EX", new ChainEvent.PooledBlobCertified(2, BLOB, true, A, POOL));
    assertHistory(
        "NO NO AV AV AV AV DE DE",
        new ChainEvent.StoragePoolCreated(1, POOL, 1000, 1, 4),
        new ChainEvent.PooledBlobCertified(2, BLOB, true, A, POOL),
        new ChainEvent.StoragePoolExtended(3, POOL, 8),
        new ChainEvent.PooledBlobDeleted(6, BLOB, A, true, POOL));
  }
}
