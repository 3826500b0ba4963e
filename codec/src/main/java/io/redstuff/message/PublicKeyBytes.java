package io.redstuff.message;

import io.redstuff.FixedBytes;
import io.redstuff.error.MalformedDataException;

/**
 * The public key of a storage node as it is sent: a point of the group G1 of BLS12-381, compressed.
 * Nobody has checked that the bytes are one.
 *
 * @since 0.1.0
 */
public final class PublicKeyBytes extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 48;

  private static final String WHAT = "public key";

  private PublicKeyBytes(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the public key with given bytes.
   *
   * @param bytes 48 bytes, copied
   * @return the public key
   * @throws IllegalArgumentException if there are not 48 bytes
   */
  public static PublicKeyBytes of(byte[] bytes) {
    return new PublicKeyBytes(bytes);
  }

  /**
   * Reads the text form.
   *
   * @param text {@code 0x} and 96 lower-case hexadecimal digits
   * @return the public key
   * @throws MalformedDataException if the text is anything else
   */
  public static PublicKeyBytes parse(String text) throws MalformedDataException {
    return new PublicKeyBytes(parseHex(WHAT, BYTES, text));
  }
}
