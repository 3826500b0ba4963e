package io.redstuff.chain;

import io.redstuff.BlobId;
import io.redstuff.U256;
import io.redstuff.error.VerificationException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.Certificate;
import io.redstuff.message.DenyListBlobDeleted;
import io.redstuff.message.DenyListUpdate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolVersion;
import io.redstuff.proof.VerifiedMetadata;

/**
 * The calls of the contract's module {@code system}, each with its arguments in order.
 *
 * <p>Sizes are in bytes. Numbers of 64 bits are unsigned; epochs and numbers of epochs have 32, and
 * all methods throw {@link IllegalArgumentException} for those that do not fit. A certificate is
 * taken as it is, since what it is worth is for the chain to say; {@code members} is the size of
 * the committee that its signers are positions in.
 *
 * @since 0.1.0
 */
public final class SystemCalls {
  /** RS2, the only encoding type that the contract takes. */
  private static final int ENCODING_TYPE = 1;

  private static final String SYSTEM = "&System";
  private static final String SYSTEM_MUT = "&mut System";
  private static final String BLOB_MUT = "&mut Blob";
  private static final String POOL_MUT = "&mut StoragePool";
  private static final String COIN_MUT = "&mut Coin<WAL>";

  private SystemCalls() {}

  /**
   * Buys storage from the current epoch on; gives a {@link StorageResource}.
   *
   * @param storageAmount how many encoded bytes
   * @param epochsAhead for how many epochs
   * @return the call of {@code reserve_space}
   */
  public static MoveCall reserveSpace(long storageAmount, long epochsAhead) {
    return onSystem("reserve_space", SYSTEM_MUT)
        .u64("storage_amount", storageAmount)
        .u32("epochs_ahead", epochsAhead)
        .object("payment", COIN_MUT)
        .build();
  }

  /**
   * Buys storage for some epochs; gives a {@link StorageResource}.
   *
   * @param storageAmount how many encoded bytes
   * @param startEpoch the first epoch
   * @param endEpoch the epoch after the last
   * @return the call of {@code reserve_space_for_epochs}
   */
  public static MoveCall reserveSpaceForEpochs(long storageAmount, long startEpoch, long endEpoch) {
    return onSystem("reserve_space_for_epochs", SYSTEM_MUT)
        .u64("storage_amount", storageAmount)
        .u32("start_epoch", startEpoch)
        .u32("end_epoch", endEpoch)
        .object("payment", COIN_MUT)
        .build();
  }

  /**
   * Registers a blob with storage that was bought; gives a {@link BlobObject}.
   *
   * @param metadata the metadata of the blob, from which the chain is told id, root and length
   * @param deletable whether its owner may delete it
   * @return the call of {@code register_blob}
   */
  public static MoveCall registerBlob(VerifiedMetadata metadata, boolean deletable) {
    CallBuilder call = onSystem("register_blob", SYSTEM_MUT).object("storage", "Storage");
    return register(call, "size", metadata, deletable);
  }

  private static MoveCall register(
      CallBuilder call, String sizeName, VerifiedMetadata metadata, boolean deletable) {
    return describe(call, sizeName, metadata)
        .bool("deletable", deletable)
        .object("write_payment", COIN_MUT)
        .build();
  }

  private static CallBuilder describe(
      CallBuilder call, String sizeName, VerifiedMetadata metadata) {
    return call.u256("blob_id", U256.of(metadata.blobId()))
        .u256("root_hash", U256.of(metadata.rootHash()))
        .u64(sizeName, metadata.blobLength())
        .u8("encoding_type", ENCODING_TYPE);
  }

  /**
   * Certifies a registered blob.
   *
   * @param certificate the confirmations of two thirds of the shards
   * @param members how many members the committee has
   * @return the call of {@code certify_blob}
   * @throws VerificationException as {@link SignersBitmap#of}
   */
  public static MoveCall certifyBlob(Certificate<BlobConfirmation> certificate, int members)
      throws VerificationException {
    CallBuilder call = onSystem("certify_blob", SYSTEM).object("blob", BLOB_MUT);
    return prove(call, "signers_bitmap", certificate, members);
  }

  private static MoveCall prove(
      CallBuilder call, String bitmapName, Certificate<?> certificate, int members)
      throws VerificationException {
    return call.bytes("signature", certificate.signature().toBytes())
        .bytes(bitmapName, SignersBitmap.of(certificate.signers(), members))
        .bytes("message", certificate.message().toBcs())
        .build();
  }

  /**
   * Marks a blob as encoded inconsistently.
   *
   * @param certificate the statements of nodes of which at least one is honest
   * @param members how many members the committee has
   * @return the call of {@code invalidate_blob_id}
   * @throws VerificationException as {@link SignersBitmap#of}
   */
  public static MoveCall invalidateBlobId(Certificate<InvalidBlobId> certificate, int members)
      throws VerificationException {
    CallBuilder call = new CallBuilder("invalidate_blob_id").object("system", SYSTEM);
    return prove(call, "members_bitmap", certificate, members);
  }

  /**
   * Keeps a blob for longer.
   *
   * @param extendedEpochs for how many epochs more
   * @return the call of {@code extend_blob}
   */
  public static MoveCall extendBlob(long extendedEpochs) {
    return onSystem("extend_blob", SYSTEM_MUT)
        .object("blob", BLOB_MUT)
        .u32("extended_epochs", extendedEpochs)
        .object("payment", COIN_MUT)
        .build();
  }

  /**
   * Keeps a blob for longer, with storage that was bought: of the same size, and ending later.
   *
   * @return the call of {@code extend_blob_with_resource}
   */
  public static MoveCall extendBlobWithResource() {
    return onSystem("extend_blob_with_resource", SYSTEM)
        .object("blob", BLOB_MUT)
        .object("extension", "Storage")
        .build();
  }

  /**
   * Deletes a blob that may be deleted; gives its {@link StorageResource} back.
   *
   * @return the call of {@code delete_blob}
   */
  public static MoveCall deleteBlob() {
    return onSystem("delete_blob", SYSTEM).object("blob", "Blob").build();
  }

  /**
   * Certifies a blob of the network's own events, which nodes do.
   *
   * @param metadata the metadata of the blob
   * @param endingCheckpoint the sequence number of the last checkpoint in it
   * @param epoch the epoch it is of
   * @return the call of {@code certify_event_blob}
   */
  public static MoveCall certifyEventBlob(
      VerifiedMetadata metadata, long endingCheckpoint, long epoch) {
    CallBuilder call =
        new CallBuilder("certify_event_blob")
            .object("system", SYSTEM_MUT)
            .object("cap", "&mut StorageNodeCap");
    return describe(call, "size", metadata)
        .u64("ending_checkpoint_sequence_num", endingCheckpoint)
        .u32("epoch", epoch)
        .build();
  }

  /**
   * Announces a change of a node's deny list.
   *
   * @param root the root of the list
   * @param sequenceNumber the number of the change
   * @return the call of {@code register_deny_list_update}
   */
  public static MoveCall registerDenyListUpdate(U256 root, long sequenceNumber) {
    return onSystem("register_deny_list_update", SYSTEM_MUT)
        .object("cap", "&StorageNodeCap")
        .u256("deny_list_root", root)
        .u64("deny_list_sequence", sequenceNumber)
        .build();
  }

  /**
   * Makes a change of a node's deny list.
   *
   * @param certificate the statements of two thirds of the shards
   * @param members how many members the committee has
   * @return the call of {@code update_deny_list}
   * @throws VerificationException as {@link SignersBitmap#of}
   */
  public static MoveCall updateDenyList(Certificate<DenyListUpdate> certificate, int members)
      throws VerificationException {
    CallBuilder call =
        onSystem("update_deny_list", SYSTEM_MUT).object("cap", "&mut StorageNodeCap");
    return prove(call, "members_bitmap", certificate, members);
  }

  /**
   * Says that a blob on deny lists was deleted.
   *
   * @param certificate the statements of nodes of which at least one is honest
   * @param members how many members the committee has
   * @return the call of {@code delete_deny_listed_blob}
   * @throws VerificationException as {@link SignersBitmap#of}
   */
  public static MoveCall deleteDenyListedBlob(
      Certificate<DenyListBlobDeleted> certificate, int members) throws VerificationException {
    return prove(
        onSystem("delete_deny_listed_blob", SYSTEM), "members_bitmap", certificate, members);
  }

  /**
   * Changes the version of the protocol.
   *
   * @param certificate the statements of two thirds of the shards
   * @param members how many members the committee has
   * @return the call of {@code update_protocol_version}
   * @throws VerificationException as {@link SignersBitmap#of}
   */
  public static MoveCall updateProtocolVersion(
      Certificate<ProtocolVersion> certificate, int members) throws VerificationException {
    CallBuilder call =
        onSystem("update_protocol_version", SYSTEM_MUT).object("cap", "&StorageNodeCap");
    return prove(call, "members_bitmap", certificate, members);
  }

  /**
   * Makes a pool that storage is bought for once and that many blobs share.
   *
   * @param capacity how many encoded bytes
   * @param epochsAhead for how many epochs
   * @return the call of {@code create_storage_pool}
   */
  public static MoveCall createStoragePool(long capacity, long epochsAhead) {
    return onSystem("create_storage_pool", SYSTEM_MUT)
        .u64("reserved_encoded_capacity_bytes", capacity)
        .u32("epochs_ahead", epochsAhead)
        .object("payment", COIN_MUT)
        .build();
  }

  /**
   * Registers a blob with the storage of a pool.
   *
   * @param metadata the metadata of the blob
   * @param deletable whether it may be deleted
   * @return the call of {@code register_pooled_blob}
   */
  public static MoveCall registerPooledBlob(VerifiedMetadata metadata, boolean deletable) {
    CallBuilder call = onPool("register_pooled_blob", SYSTEM_MUT);
    return register(call, "unencoded_size", metadata, deletable);
  }

  /**
   * Certifies a blob of a pool.
   *
   * @param certificate the confirmations of two thirds of the shards, with the id of the {@link
   *     PooledBlob} if it may be deleted
   * @param members how many members the committee has
   * @return the call of {@code certify_pooled_blob}
   * @throws VerificationException as {@link SignersBitmap#of}
   */
  public static MoveCall certifyPooledBlob(Certificate<BlobConfirmation> certificate, int members)
      throws VerificationException {
    CallBuilder call =
        onPool("certify_pooled_blob", SYSTEM)
            .u256("blob_id", U256.of(certificate.message().blobId()));
    return prove(call, "signers_bitmap", certificate, members);
  }

  /**
   * Deletes a blob of a pool, which may use its storage for others.
   *
   * @param blobId the blob
   * @return the call of {@code delete_pooled_blob}
   */
  public static MoveCall deletePooledBlob(BlobId blobId) {
    return onPool("delete_pooled_blob", SYSTEM).u256("blob_id", U256.of(blobId)).build();
  }

  /**
   * Keeps the blobs of a pool for longer.
   *
   * @param extendedEpochs for how many epochs more
   * @return the call of {@code extend_storage_pool}
   */
  public static MoveCall extendStoragePool(long extendedEpochs) {
    return onPool("extend_storage_pool", SYSTEM_MUT)
        .u32("extended_epochs", extendedEpochs)
        .object("payment", COIN_MUT)
        .build();
  }

  /**
   * Makes a pool larger.
   *
   * @param additionalCapacity how many encoded bytes more
   * @return the call of {@code increase_storage_pool_capacity}
   */
  public static MoveCall increaseStoragePoolCapacity(long additionalCapacity) {
    return onPool("increase_storage_pool_capacity", SYSTEM_MUT)
        .u64("additional_encoded_capacity_bytes", additionalCapacity)
        .object("payment", COIN_MUT)
        .build();
  }

  private static CallBuilder onSystem(String function, String system) {
    return new CallBuilder(function).object("self", system);
  }

  private static CallBuilder onPool(String function, String system) {
    return onSystem(function, system).object("storage_pool", POOL_MUT);
  }
}
