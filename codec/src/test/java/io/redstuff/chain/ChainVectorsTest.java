package io.redstuff.chain;

import static io.redstuff.JsonVectors.hex;
import static io.redstuff.JsonVectors.rows;
import static io.redstuff.JsonVectors.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.JsonVectors;
import io.redstuff.ObjectId;
import io.redstuff.U256;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Numbers and bytes of the official TypeScript client and of the contract's own tests. */
class ChainVectorsTest {
  private static final JsonNode CHAIN = JsonVectors.read("chain.json");

  static List<JsonNode> blobIds() {
    return rows(CHAIN.required("blobIds"));
  }

  static List<JsonNode> sizes() {
    return rows(CHAIN.required("sizes"));
  }

  static List<JsonNode> prices() {
    return rows(CHAIN.required("prices"));
  }

  static List<JsonNode> bitmaps() {
    return rows(CHAIN.required("bitmaps"));
  }

  static List<JsonNode> shardAllocation() {
    return rows(CHAIN.required("shardAllocation"));
  }

  static List<JsonNode> blobObjects() {
    return rows(CHAIN.required("blobObjects"));
  }

  static List<JsonNode> events() {
    return rows(CHAIN.required("events"));
  }

  @ParameterizedTest
  @MethodSource("blobIds")
  void blobIdsAsNumbers(JsonNode row) throws MalformedDataException {
    BlobId id = BlobId.parse(text(row, "text"));
    assertArrayEquals(hex(row, "bytesHex"), U256.of(id).toBytes());
    assertEquals(text(row, "u256Decimal"), U256.of(id).toString());
    assertEquals(id, U256.parse(text(row, "u256Decimal")).toBlobId());
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void units(JsonNode row) {
    long encoded =
        EncodingParameters.forShards(row.required("nShards").intValue())
            .encodedLength(row.required("unencodedLength").longValue());
    assertEquals(row.required("encodedLength").longValue(), encoded);
    assertEquals(row.required("storageUnits").longValue(), Prices.storageUnits(encoded));
  }

  @ParameterizedTest
  @MethodSource("prices")
  void costs(JsonNode row) {
    Prices prices =
        new Prices(
            Frost.of(row.required("storagePricePerUnitPerEpoch").longValue()),
            Frost.of(row.required("writePricePerUnit").longValue()));
    PriceQuote quote =
        prices.quote(
            EncodingParameters.forShards(row.required("nShards").intValue()),
            row.required("unencodedLength").longValue(),
            row.required("epochs").longValue());
    assertEquals(row.required("encodedLength").longValue(), quote.encodedLength());
    assertEquals(row.required("storageUnits").longValue(), quote.units());
    assertEquals(text(row, "storageCostFrost") + " FROST", quote.storageCost().toString());
    assertEquals(text(row, "writeCostFrost") + " FROST", quote.writeFee().toString());
    assertEquals(quote.storageCost().value() + quote.writeFee().value(), quote.total().value());
  }

  @ParameterizedTest
  @MethodSource("bitmaps")
  void bitmaps(JsonNode row) throws RedStuffException {
    List<Integer> signers =
        row.required("signers").values().stream().map(JsonNode::intValue).toList();
    int members = row.required("members").intValue();
    byte[] bitmap = hex(row, "bitmapHex");
    assertArrayEquals(bitmap, SignersBitmap.of(signers, members));
    assertArrayEquals(bitmap, SignersBitmap.of(signers.reversed(), members));
    assertEquals(signers, SignersBitmap.parse(bitmap, members));
  }

  @ParameterizedTest
  @MethodSource("shardAllocation")
  void shardAllocation(JsonNode row) {
    List<Frost> stakes =
        row.required("stake").values().stream().map(stake -> Frost.of(stake.longValue())).toList();
    List<Integer> shards =
        row.required("shards").values().stream().map(JsonNode::intValue).toList();
    assertEquals(shards, ShardAllocation.byStake(row.required("nShards").intValue(), stakes));
  }

  private static long number(JsonNode row, String field) {
    return row.required(field).isString()
        ? Long.parseUnsignedLong(text(row, field))
        : row.required(field).longValue();
  }

  private static BlobId blobId(JsonNode row) throws MalformedDataException {
    return U256.parse(text(row, "blob_id")).toBlobId();
  }

  private static ObjectId objectId(JsonNode row, String field) throws MalformedDataException {
    return ObjectId.parse(text(row, field));
  }

  @ParameterizedTest
  @MethodSource("blobObjects")
  void blobObjects(JsonNode row) throws MalformedDataException {
    JsonNode storage = row.required("storage");
    StorageResource resource =
        new StorageResource(
            objectId(storage, "id"),
            number(storage, "start_epoch"),
            number(storage, "end_epoch"),
            number(storage, "storage_size"));
    BlobObject blob =
        new BlobObject(
            objectId(row, "id"),
            number(row, "registered_epoch"),
            blobId(row),
            number(row, "size"),
            row.required("encoding_type").intValue(),
            row.required("certified_epoch").isNull()
                ? OptionalLong.empty()
                : OptionalLong.of(number(row, "certified_epoch")),
            resource,
            row.required("deletable").booleanValue());
    byte[] bcs = hex(row, "bcsHex");
    assertArrayEquals(bcs, blob.toBcs());
    assertEquals(blob, BlobObject.parse(bcs));
    assertEquals(resource, StorageResource.parse(resource.toBcs()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void events(JsonNode row) throws MalformedDataException {
    EventType type = EventType.parse(text(row, "type"));
    long epoch = number(row, "epoch");
    ChainEvent event =
        switch (type) {
          case BLOB_REGISTERED ->
              new ChainEvent.BlobRegistered(
                  epoch,
                  blobId(row),
                  number(row, "size"),
                  row.required("encoding_type").intValue(),
                  number(row, "end_epoch"),
                  row.required("deletable").booleanValue(),
                  objectId(row, "object_id"));
          case BLOB_CERTIFIED ->
              new ChainEvent.BlobCertified(
                  epoch,
                  blobId(row),
                  number(row, "end_epoch"),
                  row.required("deletable").booleanValue(),
                  objectId(row, "object_id"),
                  row.required("is_extension").booleanValue());
          case BLOB_DELETED ->
              new ChainEvent.BlobDeleted(
                  epoch,
                  blobId(row),
                  number(row, "end_epoch"),
                  objectId(row, "object_id"),
                  row.required("was_certified").booleanValue());
          case INVALID_BLOB_ID -> new ChainEvent.InvalidBlobId(epoch, blobId(row));
          default -> throw new AssertionError("no vector of " + type);
        };
    byte[] bcs = hex(row, "bcsHex");
    assertArrayEquals(bcs, event.toBcs());
    assertEquals(event, ChainEvent.parse(type, bcs));
    assertEquals(type, event.type());
  }
}
