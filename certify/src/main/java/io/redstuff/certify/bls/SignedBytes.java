package io.redstuff.certify.bls;

import java.util.Objects;

/**
 * A message with a signature that is claimed to be that of a key. The message is not copied: it
 * must not change.
 *
 * @param key the key, or the sum of all signers' keys
 * @param message the bytes that were signed
 * @param signature the signature, or the sum of all signers' signatures
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SignedBytes(PublicKey key, byte[] message, Signature signature) {
  /** Checks that all are there. */
  public SignedBytes {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(signature, "signature");
  }
}
