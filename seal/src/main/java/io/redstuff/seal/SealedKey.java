package io.redstuff.seal;

import java.util.Arrays;
import java.util.Objects;

/**
 * A key that was made to be sealed, for the user's own encryption, and the object that carries it,
 * which is all that needs to be kept. Wiped when closed.
 *
 * @since 0.1.0
 */
public final class SealedKey implements AutoCloseable {
  /** The length of the key, in bytes. */
  public static final int BYTES = KeyDerivation.BYTES;

  private final EncryptedObject object;
  private final byte[] key;

  SealedKey(EncryptedObject object, byte[] key) {
    this.object = Objects.requireNonNull(object, "object");
    this.key = key;
  }

  /** {@return the object, of the kind {@link DataCipher#PLAIN}} */
  public EncryptedObject object() {
    return object;
  }

  /** {@return the key, a fresh array of 32 bytes, to be wiped by the caller} */
  public byte[] toBytes() {
    return key.clone();
  }

  /** Overwrites the key. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }

  /** {@return a text that does not depend on the key} */
  @Override
  public String toString() {
    return "sealed key (not shown)";
  }
}
