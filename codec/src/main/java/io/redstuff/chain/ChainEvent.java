package io.redstuff.chain;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.bcs.Unsigned;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * What the contract tells of in events, as far as it matters to who wants to know of a blob. The
 * bytes do not say which event it is: the chain says it beside them, with the name in {@link
 * EventType#moveName}.
 *
 * <p>On the wire, the fields in order: epochs are u32, sizes and prices u64, blob ids and object
 * ids 32 bytes. All epochs are from 0 to 2^32 - 1; events throw {@link IllegalArgumentException}
 * when made with another one.
 *
 * @since 0.1.0
 */
public sealed interface ChainEvent {

  /** {@return which event it is} */
  EventType type();

  /**
   * Reads an event.
   *
   * @param type which event it is
   * @param bcs the whole encoding; copied
   * @return the event
   * @throws MalformedDataException if it is not canonical BCS of such an event
   */
  static ChainEvent parse(EventType type, byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs), type.moveName(), in -> EventBcs.read(type, in));
  }

  /** {@return the wire form, canonical BCS} */
  default byte[] toBcs() {
    return BcsWriter.toBytes(out -> EventBcs.write(this, out));
  }

  /**
   * A blob was registered.
   *
   * @param epoch the epoch in which it happened
   * @param blobId the blob
   * @param size the length of the blob in bytes, not encoded; unsigned
   * @param encodingType how it is encoded; 1 is RS2
   * @param endEpoch the epoch after the last it is paid for
   * @param deletable whether its owner may delete it
   * @param objectId the blob object
   */
  record BlobRegistered(
      long epoch,
      BlobId blobId,
      long size,
      int encodingType,
      long endEpoch,
      boolean deletable,
      ObjectId objectId)
      implements ChainEvent {
    /** Checks the fields. */
    public BlobRegistered {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
      Unsigned.check8("encoding type", encodingType);
      Unsigned.check32("end epoch", endEpoch);
      Objects.requireNonNull(objectId, "objectId");
    }

    @Override
    public EventType type() {
      return EventType.BLOB_REGISTERED;
    }
  }

  /**
   * A blob was certified, or one that had been was extended.
   *
   * @param epoch the epoch of the first certification, for extensions too
   * @param blobId the blob
   * @param endEpoch the epoch after the last it is paid for
   * @param deletable whether its owner may delete it
   * @param objectId the blob object
   * @param isExtension whether it was an extension
   */
  record BlobCertified(
      long epoch,
      BlobId blobId,
      long endEpoch,
      boolean deletable,
      ObjectId objectId,
      boolean isExtension)
      implements ChainEvent {
    /** Checks the fields. */
    public BlobCertified {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
      Unsigned.check32("end epoch", endEpoch);
      Objects.requireNonNull(objectId, "objectId");
    }

    @Override
    public EventType type() {
      return EventType.BLOB_CERTIFIED;
    }
  }

  /**
   * A blob was deleted by its owner.
   *
   * @param epoch the epoch in which it happened
   * @param blobId the blob
   * @param endEpoch the epoch after the last it was paid for
   * @param objectId the blob object
   * @param wasCertified whether it had been certified
   */
  record BlobDeleted(
      long epoch, BlobId blobId, long endEpoch, ObjectId objectId, boolean wasCertified)
      implements ChainEvent {
    /** Checks the fields. */
    public BlobDeleted {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
      Unsigned.check32("end epoch", endEpoch);
      Objects.requireNonNull(objectId, "objectId");
    }

    @Override
    public EventType type() {
      return EventType.BLOB_DELETED;
    }
  }

  /**
   * A blob was found to be encoded inconsistently; {@code InvalidBlobID} in the contract.
   *
   * @param epoch the epoch in which it happened
   * @param blobId the blob
   */
  record InvalidBlobId(long epoch, BlobId blobId) implements ChainEvent {
    /** Checks the fields. */
    public InvalidBlobId {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
    }

    @Override
    public EventType type() {
      return EventType.INVALID_BLOB_ID;
    }
  }

  /**
   * Nodes, at least one of them honest, have deleted a blob that is on their deny lists.
   *
   * @param epoch the epoch in which it happened
   * @param blobId the blob
   */
  record DenyListBlobDeleted(long epoch, BlobId blobId) implements ChainEvent {
    /** Checks the fields. */
    public DenyListBlobDeleted {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
    }

    @Override
    public EventType type() {
      return EventType.DENY_LIST_BLOB_DELETED;
    }
  }

  /**
   * A blob was registered with the storage of a pool.
   *
   * @param epoch the epoch in which it happened
   * @param blobId the blob
   * @param unencodedSize the length of the blob in bytes, not encoded; unsigned
   * @param encodingType how it is encoded; 1 is RS2
   * @param deletable whether it may be deleted
   * @param objectId the pooled blob
   * @param storagePoolId the pool
   */
  record PooledBlobRegistered(
      long epoch,
      BlobId blobId,
      long unencodedSize,
      int encodingType,
      boolean deletable,
      ObjectId objectId,
      ObjectId storagePoolId)
      implements ChainEvent {
    /** Checks the fields. */
    public PooledBlobRegistered {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
      Unsigned.check8("encoding type", encodingType);
      Objects.requireNonNull(objectId, "objectId");
      Objects.requireNonNull(storagePoolId, "storagePoolId");
    }

    @Override
    public EventType type() {
      return EventType.POOLED_BLOB_REGISTERED;
    }
  }

  /**
   * A blob of a pool was certified.
   *
   * @param epoch the epoch in which it happened
   * @param blobId the blob
   * @param deletable whether it may be deleted
   * @param objectId the pooled blob
   * @param storagePoolId the pool
   */
  record PooledBlobCertified(
      long epoch, BlobId blobId, boolean deletable, ObjectId objectId, ObjectId storagePoolId)
      implements ChainEvent {
    /** Checks the fields. */
    public PooledBlobCertified {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
      Objects.requireNonNull(objectId, "objectId");
      Objects.requireNonNull(storagePoolId, "storagePoolId");
    }

    @Override
    public EventType type() {
      return EventType.POOLED_BLOB_CERTIFIED;
    }
  }

  /**
   * A blob of a pool was deleted.
   *
   * @param epoch the epoch in which it happened
   * @param blobId the blob
   * @param objectId the pooled blob
   * @param wasCertified whether it had been certified
   * @param storagePoolId the pool
   */
  record PooledBlobDeleted(
      long epoch, BlobId blobId, ObjectId objectId, boolean wasCertified, ObjectId storagePoolId)
      implements ChainEvent {
    /** Checks the fields. */
    public PooledBlobDeleted {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(blobId, "blobId");
      Objects.requireNonNull(objectId, "objectId");
      Objects.requireNonNull(storagePoolId, "storagePoolId");
    }

    @Override
    public EventType type() {
      return EventType.POOLED_BLOB_DELETED;
    }
  }

  /**
   * A pool was made.
   *
   * @param epoch the epoch in which it happened
   * @param storagePoolId the pool
   * @param reservedEncodedCapacityBytes how many encoded bytes it holds; unsigned
   * @param startEpoch its first epoch
   * @param endEpoch the epoch after its last
   */
  record StoragePoolCreated(
      long epoch,
      ObjectId storagePoolId,
      long reservedEncodedCapacityBytes,
      long startEpoch,
      long endEpoch)
      implements ChainEvent {
    /** Checks the fields. */
    public StoragePoolCreated {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(storagePoolId, "storagePoolId");
      Unsigned.check32("start epoch", startEpoch);
      Unsigned.check32("end epoch", endEpoch);
    }

    @Override
    public EventType type() {
      return EventType.STORAGE_POOL_CREATED;
    }
  }

  /**
   * A pool was extended.
   *
   * @param epoch the epoch in which it happened
   * @param storagePoolId the pool
   * @param newEndEpoch the epoch after its last
   */
  record StoragePoolExtended(long epoch, ObjectId storagePoolId, long newEndEpoch)
      implements ChainEvent {
    /** Checks the fields. */
    public StoragePoolExtended {
      Unsigned.check32("epoch", epoch);
      Objects.requireNonNull(storagePoolId, "storagePoolId");
      Unsigned.check32("new end epoch", newEndEpoch);
    }

    @Override
    public EventType type() {
      return EventType.STORAGE_POOL_EXTENDED;
    }
  }

  /**
   * An epoch has begun, and shards change hands.
   *
   * @param epoch the new epoch
   */
  record EpochChangeStart(long epoch) implements ChainEvent {
    /** Checks the fields. */
    public EpochChangeStart {
      Unsigned.check32("epoch", epoch);
    }

    @Override
    public EventType type() {
      return EventType.EPOCH_CHANGE_START;
    }
  }

  /**
   * Nodes with two thirds of the shards have all they were given.
   *
   * @param epoch the new epoch
   */
  record EpochChangeDone(long epoch) implements ChainEvent {
    /** Checks the fields. */
    public EpochChangeDone {
      Unsigned.check32("epoch", epoch);
    }

    @Override
    public EventType type() {
      return EventType.EPOCH_CHANGE_DONE;
    }
  }

  /**
   * A node has all data of some shards.
   *
   * @param epoch the epoch in which it happened
   * @param shards which
   */
  record ShardsReceived(long epoch, List<ShardIndex> shards) implements ChainEvent {
    /** Checks the fields. */
    public ShardsReceived {
      Unsigned.check32("epoch", epoch);
      shards = List.copyOf(shards);
    }

    @Override
    public EventType type() {
      return EventType.SHARDS_RECEIVED;
    }
  }

  /**
   * Committee and parameters of the next epoch are settled.
   *
   * @param nextEpoch the next epoch
   */
  record EpochParametersSelected(long nextEpoch) implements ChainEvent {
    /** Checks the fields. */
    public EpochParametersSelected {
      Unsigned.check32("next epoch", nextEpoch);
    }

    @Override
    public EventType type() {
      return EventType.EPOCH_PARAMETERS_SELECTED;
    }
  }

  /**
   * Prices have changed, at once.
   *
   * @param epoch the epoch in which it happened
   * @param storagePrice FROST for a unit and an epoch; unsigned
   * @param writePrice FROST for a unit that is written; unsigned
   */
  record PricesUpdated(long epoch, long storagePrice, long writePrice) implements ChainEvent {
    /** Checks the fields. */
    public PricesUpdated {
      Unsigned.check32("epoch", epoch);
    }

    @Override
    public EventType type() {
      return EventType.PRICES_UPDATED;
    }
  }

  /**
   * The version of the protocol changes.
   *
   * @param epoch the epoch in which it happened
   * @param startEpoch the first epoch with it
   * @param protocolVersion the version; unsigned
   */
  record ProtocolVersionUpdated(long epoch, long startEpoch, long protocolVersion)
      implements ChainEvent {
    /** Checks the fields. */
    public ProtocolVersionUpdated {
      Unsigned.check32("epoch", epoch);
      Unsigned.check32("start epoch", startEpoch);
    }

    @Override
    public EventType type() {
      return EventType.PROTOCOL_VERSION_UPDATED;
    }
  }
}
