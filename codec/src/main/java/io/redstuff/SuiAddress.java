package io.redstuff;

import io.redstuff.error.MalformedDataException;

/**
 * The address of an account on the Sui chain, 32 bytes. The text form is {@code 0x} and 64
 * lower-case hexadecimal digits.
 *
 * @since 0.1.0
 */
public final class SuiAddress extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 32;

  private static final String WHAT = "Sui address";

  private SuiAddress(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the address with given bytes.
   *
   * @param bytes 32 bytes, copied
   * @return the address
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static SuiAddress of(byte[] bytes) {
    return new SuiAddress(bytes);
  }

  /**
   * Reads the text form; short forms, as in {@code 0x6}, are refused.
   *
   * @param text {@code 0x} and 64 lower-case hexadecimal digits
   * @return the address
   * @throws MalformedDataException if the text is anything else
   */
  public static SuiAddress parse(String text) throws MalformedDataException {
    return new SuiAddress(parseHex(WHAT, BYTES, text));
  }
}
