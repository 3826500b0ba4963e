package io.redstuff.audit;

import io.redstuff.FixedBytes;
import io.redstuff.error.MalformedDataException;

/**
 * The value of a round of drand's chain {@code quicknet}: a point of the group G1 of BLS12-381,
 * compressed. Nobody has checked that the bytes are one, or that it is the value of the round.
 *
 * @since 0.1.0
 */
public final class DrandSignature extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 48;

  private static final String WHAT = "drand signature";

  private DrandSignature(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the value with given bytes.
   *
   * @param bytes 48 bytes, copied
   * @return the value
   * @throws IllegalArgumentException if there are not 48 bytes
   */
  public static DrandSignature of(byte[] bytes) {
    return new DrandSignature(bytes);
  }

  /**
   * Reads the text form.
   *
   * @param text {@code 0x} and 96 lower-case hexadecimal digits
   * @return the value
   * @throws MalformedDataException if the text is anything else
   */
  public static DrandSignature parse(String text) throws MalformedDataException {
    return new DrandSignature(parseHex(WHAT, BYTES, text));
  }
}
