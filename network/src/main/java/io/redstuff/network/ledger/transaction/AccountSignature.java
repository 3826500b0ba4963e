package io.redstuff.network.ledger.transaction;

import io.redstuff.FixedBytes;

/**
 * A signature of ed25519 (RFC 8032), 64 bytes. Nobody has checked that the bytes are one.
 *
 * @since 0.1.0
 */
public final class AccountSignature extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 64;

  private AccountSignature(byte[] bytes) {
    super("account signature", BYTES, bytes);
  }

  /**
   * Returns the signature with given bytes.
   *
   * @param bytes 64 bytes, copied
   * @return the signature
   * @throws IllegalArgumentException if there are not 64 bytes
   */
  public static AccountSignature of(byte[] bytes) {
    return new AccountSignature(bytes);
  }
}
