package io.redstuff.seal;

import io.redstuff.certify.bls.SecretKey;
import java.security.SecureRandom;

/**
 * The secret of who asks key servers for user keys: they encrypt their answers to its public half,
 * by ElGamal's scheme in G1. To be made anew for each session. Wiped when closed.
 *
 * @since 0.1.0
 */
public final class TransportKey implements AutoCloseable {
  private final SecretKey secret;

  private TransportKey(SecretKey secret) {
    this.secret = secret;
  }

  /**
   * Makes a new key.
   *
   * @param random where its bits come from; {@code new SecureRandom()} is a good choice
   * @return the key
   */
  public static TransportKey generate(SecureRandom random) {
    return new TransportKey(SecretKey.generate(random));
  }

  /**
   * Returns the key that is a number.
   *
   * @param secret the number; closed with the key
   * @return the key
   */
  public static TransportKey of(SecretKey secret) {
    return new TransportKey(secret);
  }

  SecretKey secret() {
    return secret;
  }

  /** Overwrites the key; it cannot be used any more. */
  @Override
  public void close() {
    secret.close();
  }

  /** {@return a text that does not depend on the key} */
  @Override
  public String toString() {
    return "transport key (not shown)";
  }
}
