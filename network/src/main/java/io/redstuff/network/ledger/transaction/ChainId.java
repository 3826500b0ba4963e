package io.redstuff.network.ledger.transaction;

import io.redstuff.FixedBytes;
import io.redstuff.error.MalformedDataException;

/**
 * What a ledger is known by, 32 bytes: a hash of how it began. It stands in every transaction, so
 * that none that was signed for one network is good on another. The text form is {@code 0x} and 64
 * lower-case hexadecimal digits.
 *
 * @since 0.1.0
 */
public final class ChainId extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 32;

  private static final String WHAT = "chain id";

  private ChainId(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the id with given bytes.
   *
   * @param bytes 32 bytes, copied
   * @return the id
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static ChainId of(byte[] bytes) {
    return new ChainId(bytes);
  }

  /**
   * Reads the text form.
   *
   * @param text {@code 0x} and 64 lower-case hexadecimal digits
   * @return the id
   * @throws MalformedDataException if the text is anything else
   */
  public static ChainId parse(String text) throws MalformedDataException {
    return new ChainId(parseHex(WHAT, BYTES, text));
  }
}
