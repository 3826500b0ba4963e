package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G2Point;
import java.util.Objects;

/**
 * A key server: what is registered on the chain. Immutable.
 *
 * @param objectId the object that registers it
 * @param publicKey its master public key
 * @since 0.1.0
 */
public record KeyServer(ObjectId objectId, G2Point publicKey) {
  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   */
  public KeyServer {
    Objects.requireNonNull(objectId, "objectId");
    Objects.requireNonNull(publicKey, "publicKey");
  }
}
