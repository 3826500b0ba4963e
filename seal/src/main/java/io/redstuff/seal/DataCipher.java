package io.redstuff.seal;

/**
 * How the data of an {@link EncryptedObject} is encrypted.
 *
 * @since 0.1.0
 */
public enum DataCipher {
  /** AES with 256 bits in Galois/Counter mode: the fast one. */
  AES_256_GCM,
  /**
   * A stream of HMAC-SHA3-256, authenticated by the same: for contracts of the chain, which have no
   * AES.
   */
  HMAC_256_CTR,
  /** No data: the object carries a key, and what that is for is the user's to say. */
  PLAIN
}
