package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import java.util.Objects;

/**
 * What a key server gives to who may open what is sealed to an identity. It is a secret, and good
 * for all that was or will be sealed to that identity with that server. Whether it is the right one
 * is for {@link Seal#verify(KeyServer, UserKey)} to say. Immutable.
 *
 * @param server the object of the server
 * @param identity whose key it is
 * @param point the key
 * @since 0.1.0
 */
public record UserKey(ObjectId server, Identity identity, G1Point point) {
  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   */
  public UserKey {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(point, "point");
  }

  /** {@return a text that does not depend on the key} */
  @Override
  public String toString() {
    return "key of %s from %s (not shown)".formatted(identity, server);
  }
}
