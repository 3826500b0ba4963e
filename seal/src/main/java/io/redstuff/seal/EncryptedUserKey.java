package io.redstuff.seal;

import io.redstuff.certify.bls.G1Point;
import java.util.Objects;

/**
 * A user key on its way from a key server, encrypted to a {@link TransportKey}. Nothing
 * authenticates it: the user key that comes out is to be verified. Immutable.
 *
 * @param c0 k times the generator, for some k that the server drew
 * @param c1 the user key plus k times the public half of the transport key
 * @since 0.1.0
 */
public record EncryptedUserKey(G1Point c0, G1Point c1) {
  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   */
  public EncryptedUserKey {
    Objects.requireNonNull(c0, "c0");
    Objects.requireNonNull(c1, "c1");
  }
}
