package io.redstuff.chain;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.internal.bcs.Unsigned;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What events tell of one blob, which may have been registered several times, by different owners:
 * it is there as long as one of these holds. Events of other blobs are left out, and so are those
 * that say nothing of availability, so that a whole stream may be given. Not thread-safe.
 *
 * <p>Events prove nothing by themselves: whether the chain emitted them is for the caller to know.
 *
 * @since 0.1.0
 */
public final class BlobHistory {
  private static final long NEVER = Long.MAX_VALUE;

  /** One registration; a blob of a pool ends with the pool. */
  private static final class Registration {
    private OptionalLong certifiedEpoch = OptionalLong.empty();
    private long endEpoch;
    private ObjectId pool;
    private long deletedEpoch = NEVER;
  }

  private final BlobId blobId;
  private final Map<ObjectId, Registration> registrations = new HashMap<>();
  private final Map<ObjectId, Long> poolEnds = new HashMap<>();
  private long invalidEpoch = NEVER;
  private long deniedEpoch = NEVER;

  /**
   * Begins the history of a blob of which nothing is known.
   *
   * @param blobId the blob
   */
  public BlobHistory(BlobId blobId) {
    this.blobId = blobId;
  }

  /**
   * Begins with the events there are.
   *
   * @param blobId the blob
   * @param events in the order in which the chain emitted them
   * @return the history
   */
  public static BlobHistory of(BlobId blobId, Iterable<? extends ChainEvent> events) {
    BlobHistory history = new BlobHistory(blobId);
    events.forEach(history::add);
    return history;
  }

  /**
   * Goes on with the next event.
   *
   * @param event an event of this blob, or any other
   */
  public void add(ChainEvent event) {
    switch (event) {
      case ChainEvent.BlobCertified e when e.blobId().equals(blobId) -> {
        Registration registration = registration(e.objectId());
        registration.certifiedEpoch = OptionalLong.of(e.epoch());
        registration.endEpoch = e.endEpoch();
      }
      case ChainEvent.BlobDeleted e when e.blobId().equals(blobId) ->
          registration(e.objectId()).deletedEpoch = e.epoch();
      case ChainEvent.PooledBlobCertified e when e.blobId().equals(blobId) -> {
        Registration registration = registration(e.objectId());
        registration.certifiedEpoch = OptionalLong.of(e.epoch());
        registration.pool = e.storagePoolId();
      }
      case ChainEvent.PooledBlobDeleted e when e.blobId().equals(blobId) ->
          registration(e.objectId()).deletedEpoch = e.epoch();
      case ChainEvent.StoragePoolCreated e -> poolEnds.put(e.storagePoolId(), e.endEpoch());
      case ChainEvent.StoragePoolExtended e -> poolEnds.put(e.storagePoolId(), e.newEndEpoch());
      case ChainEvent.InvalidBlobId e when e.blobId().equals(blobId) ->
          invalidEpoch = Math.min(invalidEpoch, e.epoch());
      case ChainEvent.DenyListBlobDeleted e when e.blobId().equals(blobId) ->
          deniedEpoch = Math.min(deniedEpoch, e.epoch());
      default -> {
        // says nothing of whether this blob is there
      }
    }
  }

  private Registration registration(ObjectId id) {
    return registrations.computeIfAbsent(id, key -> new Registration());
  }

  /**
   * Returns whether the network owes the blob in an epoch. What happened in an epoch holds for all
   * of it: a blob that is deleted in an epoch is not available in it. A pool of which no event told
   * has ended.
   *
   * @param epoch the epoch, from 0 to 2^32 - 1
   * @return {@link Availability#INVALID} or {@link Availability#DENIED} if it was found so; else
   *     the best that holds of a registration
   * @throws IllegalArgumentException if the epoch does not fit 32 bits
   */
  public Availability availability(long epoch) {
    Unsigned.check32("epoch", epoch);
    if (invalidEpoch <= epoch) {
      return Availability.INVALID;
    }
    if (deniedEpoch <= epoch) {
      return Availability.DENIED;
    }
    return registrations.values().stream()
        .map(each -> availability(each, epoch))
        .min(Availability::compareTo)
        .orElse(Availability.NOT_CERTIFIED);
  }

  private Availability availability(Registration registration, long epoch) {
    if (registration.deletedEpoch <= epoch) {
      return Availability.DELETED;
    }
    long end =
        registration.pool == null
            ? registration.endEpoch
            : poolEnds.getOrDefault(registration.pool, 0L);
    return Availability.of(registration.certifiedEpoch, end, epoch);
  }
}
