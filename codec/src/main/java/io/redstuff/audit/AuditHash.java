package io.redstuff.audit;

import io.redstuff.FixedBytes;
import io.redstuff.error.MalformedDataException;

/**
 * 32 bytes of an audit that nobody should be able to choose or to invert: a nonce, the hash of a
 * beacon's chain, the digest of a statement, an answer or a transcript.
 *
 * @since 0.1.0
 */
public final class AuditHash extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 32;

  private static final String WHAT = "hash";

  private AuditHash(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the value with given bytes.
   *
   * @param bytes 32 bytes, copied
   * @return the value
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static AuditHash of(byte[] bytes) {
    return new AuditHash(bytes);
  }

  /**
   * Reads the text form.
   *
   * @param text {@code 0x} and 64 lower-case hexadecimal digits
   * @return the value
   * @throws MalformedDataException if the text is anything else
   */
  public static AuditHash parse(String text) throws MalformedDataException {
    return new AuditHash(parseHex(WHAT, BYTES, text));
  }
}
