package io.redstuff.message;

import io.redstuff.FixedBytes;
import io.redstuff.error.MalformedDataException;

/**
 * A signature, of one node or the sum of several, as it is sent: a point of the group G2 of
 * BLS12-381, compressed. Nobody has checked that the bytes are one.
 *
 * @since 0.1.0
 */
public final class SignatureBytes extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 96;

  private static final String WHAT = "signature";

  private SignatureBytes(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the signature with given bytes.
   *
   * @param bytes 96 bytes, copied
   * @return the signature
   * @throws IllegalArgumentException if there are not 96 bytes
   */
  public static SignatureBytes of(byte[] bytes) {
    return new SignatureBytes(bytes);
  }

  /**
   * Reads the text form.
   *
   * @param text {@code 0x} and 192 lower-case hexadecimal digits
   * @return the signature
   * @throws MalformedDataException if the text is anything else
   */
  public static SignatureBytes parse(String text) throws MalformedDataException {
    return new SignatureBytes(parseHex(WHAT, BYTES, text));
  }
}
