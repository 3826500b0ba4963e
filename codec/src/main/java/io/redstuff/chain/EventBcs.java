package io.redstuff.chain;

import io.redstuff.ShardIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.util.ArrayList;
import java.util.List;

/** The bytes of all events. */
final class EventBcs {
  private EventBcs() {}

  /** Reads the fields of an event. */
  static ChainEvent read(EventType type, BcsReader in) throws MalformedDataException {
    return switch (type) {
      case BLOB_REGISTERED ->
          new ChainEvent.BlobRegistered(
              in.u32("epoch"),
              ChainBcs.blobId(in),
              in.u64("size"),
              in.u8("encoding type"),
              in.u32("end epoch"),
              in.bool("deletable"),
              ChainBcs.objectId(in, "object id"));
      case BLOB_CERTIFIED ->
          new ChainEvent.BlobCertified(
              in.u32("epoch"),
              ChainBcs.blobId(in),
              in.u32("end epoch"),
              in.bool("deletable"),
              ChainBcs.objectId(in, "object id"),
              in.bool("is extension"));
      case BLOB_DELETED ->
          new ChainEvent.BlobDeleted(
              in.u32("epoch"),
              ChainBcs.blobId(in),
              in.u32("end epoch"),
              ChainBcs.objectId(in, "object id"),
              in.bool("was certified"));
      case INVALID_BLOB_ID -> new ChainEvent.InvalidBlobId(in.u32("epoch"), ChainBcs.blobId(in));
      case DENY_LIST_BLOB_DELETED ->
          new ChainEvent.DenyListBlobDeleted(in.u32("epoch"), ChainBcs.blobId(in));
      case POOLED_BLOB_REGISTERED ->
          new ChainEvent.PooledBlobRegistered(
              in.u32("epoch"),
              ChainBcs.blobId(in),
              in.u64("unencoded size"),
              in.u8("encoding type"),
              in.bool("deletable"),
              ChainBcs.objectId(in, "object id"),
              ChainBcs.objectId(in, "storage pool id"));
      case POOLED_BLOB_CERTIFIED ->
          new ChainEvent.PooledBlobCertified(
              in.u32("epoch"),
              ChainBcs.blobId(in),
              in.bool("deletable"),
              ChainBcs.objectId(in, "object id"),
              ChainBcs.objectId(in, "storage pool id"));
      case POOLED_BLOB_DELETED ->
          new ChainEvent.PooledBlobDeleted(
              in.u32("epoch"),
              ChainBcs.blobId(in),
              ChainBcs.objectId(in, "object id"),
              in.bool("was certified"),
              ChainBcs.objectId(in, "storage pool id"));
      case STORAGE_POOL_CREATED ->
          new ChainEvent.StoragePoolCreated(
              in.u32("epoch"),
              ChainBcs.objectId(in, "storage pool id"),
              in.u64("reserved encoded capacity bytes"),
              in.u32("start epoch"),
              in.u32("end epoch"));
      case STORAGE_POOL_EXTENDED ->
          new ChainEvent.StoragePoolExtended(
              in.u32("epoch"), ChainBcs.objectId(in, "storage pool id"), in.u32("new end epoch"));
      case EPOCH_CHANGE_START -> new ChainEvent.EpochChangeStart(in.u32("epoch"));
      case EPOCH_CHANGE_DONE -> new ChainEvent.EpochChangeDone(in.u32("epoch"));
      case SHARDS_RECEIVED -> new ChainEvent.ShardsReceived(in.u32("epoch"), shards(in));
      case EPOCH_PARAMETERS_SELECTED ->
          new ChainEvent.EpochParametersSelected(in.u32("next epoch"));
      case PRICES_UPDATED ->
          new ChainEvent.PricesUpdated(
              in.u32("epoch"), in.u64("storage price"), in.u64("write price"));
      case PROTOCOL_VERSION_UPDATED ->
          new ChainEvent.ProtocolVersionUpdated(
              in.u32("epoch"), in.u32("start epoch"), in.u64("protocol version"));
    };
  }

  private static List<ShardIndex> shards(BcsReader in) throws MalformedDataException {
    long count = in.count("shards", Short.BYTES);
    List<ShardIndex> shards = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      shards.add(ShardIndex.of(in.u16("shard")));
    }
    return shards;
  }

  /** Writes the fields of an event. */
  static void write(ChainEvent event, BcsWriter out) {
    switch (event) {
      case ChainEvent.BlobRegistered e ->
          out.u32(e.epoch())
              .fixed(e.blobId().toBytes())
              .u64(e.size())
              .u8(e.encodingType())
              .u32(e.endEpoch())
              .bool(e.deletable())
              .fixed(e.objectId().toBytes());
      case ChainEvent.BlobCertified e ->
          out.u32(e.epoch())
              .fixed(e.blobId().toBytes())
              .u32(e.endEpoch())
              .bool(e.deletable())
              .fixed(e.objectId().toBytes())
              .bool(e.isExtension());
      case ChainEvent.BlobDeleted e ->
          out.u32(e.epoch())
              .fixed(e.blobId().toBytes())
              .u32(e.endEpoch())
              .fixed(e.objectId().toBytes())
              .bool(e.wasCertified());
      case ChainEvent.InvalidBlobId e -> out.u32(e.epoch()).fixed(e.blobId().toBytes());
      case ChainEvent.DenyListBlobDeleted e -> out.u32(e.epoch()).fixed(e.blobId().toBytes());
      case ChainEvent.PooledBlobRegistered e ->
          out.u32(e.epoch())
              .fixed(e.blobId().toBytes())
              .u64(e.unencodedSize())
              .u8(e.encodingType())
              .bool(e.deletable())
              .fixed(e.objectId().toBytes())
              .fixed(e.storagePoolId().toBytes());
      case ChainEvent.PooledBlobCertified e ->
          out.u32(e.epoch())
              .fixed(e.blobId().toBytes())
              .bool(e.deletable())
              .fixed(e.objectId().toBytes())
              .fixed(e.storagePoolId().toBytes());
      case ChainEvent.PooledBlobDeleted e ->
          out.u32(e.epoch())
              .fixed(e.blobId().toBytes())
              .fixed(e.objectId().toBytes())
              .bool(e.wasCertified())
              .fixed(e.storagePoolId().toBytes());
      case ChainEvent.StoragePoolCreated e ->
          out.u32(e.epoch())
              .fixed(e.storagePoolId().toBytes())
              .u64(e.reservedEncodedCapacityBytes())
              .u32(e.startEpoch())
              .u32(e.endEpoch());
      case ChainEvent.StoragePoolExtended e ->
          out.u32(e.epoch()).fixed(e.storagePoolId().toBytes()).u32(e.newEndEpoch());
      case ChainEvent.EpochChangeStart e -> out.u32(e.epoch());
      case ChainEvent.EpochChangeDone e -> out.u32(e.epoch());
      case ChainEvent.ShardsReceived e -> {
        out.u32(e.epoch()).count(e.shards().size());
        e.shards().forEach(shard -> out.u16(shard.value()));
      }
      case ChainEvent.EpochParametersSelected e -> out.u32(e.nextEpoch());
      case ChainEvent.PricesUpdated e ->
          out.u32(e.epoch()).u64(e.storagePrice()).u64(e.writePrice());
      case ChainEvent.ProtocolVersionUpdated e ->
          out.u32(e.epoch()).u32(e.startEpoch()).u64(e.protocolVersion());
    }
  }
}
