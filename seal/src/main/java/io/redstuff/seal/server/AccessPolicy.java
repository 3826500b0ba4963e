package io.redstuff.seal.server;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Says who gets which keys, in the place of a contract. Called by several threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AccessPolicy {
  /**
   * {@return whether to give out a key}
   *
   * @param request who asks for what
   */
  boolean allows(AccessRequest request);

  /**
   * {@return a policy that gives all keys to some users}
   *
   * @param users their addresses
   */
  static AccessPolicy allowList(Set<SuiAddress> users) {
    Set<SuiAddress> allowed = Set.copyOf(users);
    return request -> allowed.contains(request.user());
  }

  /**
   * {@return a policy that gives a key to everybody from a moment on} The id begins with it, in
   * milliseconds since 1970, 8 bytes, little-endian; other ids are never given.
   *
   * @param clock tells the time
   */
  static AccessPolicy timeLock(Clock clock) {
    return request -> {
      byte[] id = request.identity().id();
      return id.length >= Long.BYTES
          && Long.compareUnsigned(
                  clock.millis(), ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN).getLong())
              >= 0;
    };
  }

  /**
   * {@return a policy that gives a key to who owns a blob now} The id begins with the object of the
   * blob, 32 bytes; other ids are never given.
   *
   * @param owners knows that
   */
  static AccessPolicy blobOwner(BlobOwners owners) {
    return request -> {
      byte[] id = request.identity().id();
      if (id.length < ObjectId.BYTES) {
        return false;
      }
      ObjectId blob = ObjectId.of(Arrays.copyOf(id, ObjectId.BYTES));
      return owners.ownerOf(blob).equals(Optional.of(request.user()));
    };
  }
}
