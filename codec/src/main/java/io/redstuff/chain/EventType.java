package io.redstuff.chain;

import io.redstuff.error.MalformedDataException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The events of {@link ChainEvent}.
 *
 * @since 0.1.0
 */
public enum EventType {
  /** {@link ChainEvent.BlobRegistered}. */
  BLOB_REGISTERED("BlobRegistered"),
  /** {@link ChainEvent.BlobCertified}. */
  BLOB_CERTIFIED("BlobCertified"),
  /** {@link ChainEvent.BlobDeleted}. */
  BLOB_DELETED("BlobDeleted"),
  /** {@link ChainEvent.InvalidBlobId}. */
  INVALID_BLOB_ID("InvalidBlobID"),
  /** {@link ChainEvent.DenyListBlobDeleted}. */
  DENY_LIST_BLOB_DELETED("DenyListBlobDeleted"),
  /** {@link ChainEvent.PooledBlobRegistered}. */
  POOLED_BLOB_REGISTERED("PooledBlobRegistered"),
  /** {@link ChainEvent.PooledBlobCertified}. */
  POOLED_BLOB_CERTIFIED("PooledBlobCertified"),
  /** {@link ChainEvent.PooledBlobDeleted}. */
  POOLED_BLOB_DELETED("PooledBlobDeleted"),
  /** {@link ChainEvent.StoragePoolCreated}. */
  STORAGE_POOL_CREATED("StoragePoolCreated"),
  /** {@link ChainEvent.StoragePoolExtended}. */
  STORAGE_POOL_EXTENDED("StoragePoolExtended"),
  /** {@link ChainEvent.EpochChangeStart}. */
  EPOCH_CHANGE_START("EpochChangeStart"),
  /** {@link ChainEvent.EpochChangeDone}. */
  EPOCH_CHANGE_DONE("EpochChangeDone"),
  /** {@link ChainEvent.ShardsReceived}. */
  SHARDS_RECEIVED("ShardsReceived"),
  /** {@link ChainEvent.EpochParametersSelected}. */
  EPOCH_PARAMETERS_SELECTED("EpochParametersSelected"),
  /** {@link ChainEvent.PricesUpdated}. */
  PRICES_UPDATED("PricesUpdated"),
  /** {@link ChainEvent.ProtocolVersionUpdated}. */
  PROTOCOL_VERSION_UPDATED("ProtocolVersionUpdated");

  private static final Map<String, EventType> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(EventType::moveName, Function.identity()));

  private final String moveName;

  EventType(String moveName) {
    this.moveName = moveName;
  }

  /** {@return the name of the event in the contract's module {@code events}} */
  public String moveName() {
    return moveName;
  }

  /**
   * Returns the event with a name.
   *
   * @param moveName the name in the contract, as in {@code BlobCertified}
   * @return the event
   * @throws MalformedDataException if there is none of that name here
   */
  public static EventType parse(String moveName) throws MalformedDataException {
    EventType type = BY_NAME.get(moveName);
    if (type == null) {
      String shown = moveName.length() <= 40 ? moveName : moveName.substring(0, 40) + "...";
      throw new MalformedDataException(
          0,
          "event: got '"
              + shown
              + "', expected one of "
              + BY_NAME.keySet().stream().sorted().toList());
    }
    return type;
  }
}
