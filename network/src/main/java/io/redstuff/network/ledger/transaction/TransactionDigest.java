package io.redstuff.network.ledger.transaction;

import io.redstuff.FixedBytes;
import io.redstuff.error.MalformedDataException;
import java.math.BigInteger;

/**
 * What a transaction is known by, 32 bytes: a hash of it. The text form is base58, as on Sui: each
 * zero byte at the start is a {@code 1}, the rest a number with the digits of Bitcoin.
 *
 * @since 0.1.0
 */
public final class TransactionDigest extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 32;

  private static final String WHAT = "transaction digest";
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int MOST_DIGITS = 44;

  private TransactionDigest(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the digest with given bytes.
   *
   * @param bytes 32 bytes, copied
   * @return the digest
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static TransactionDigest of(byte[] bytes) {
    return new TransactionDigest(bytes);
  }

  /**
   * Reads the text form.
   *
   * @param text base58
   * @return the digest
   * @throws MalformedDataException if the text is anything else, or not of 32 bytes
   */
  public static TransactionDigest parse(String text) throws MalformedDataException {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < Math.min(MOST_DIGITS + 1, text.length()); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new MalformedDataException(
            i,
            String.format("%s: got character U+%04X, expected base58", WHAT, (int) text.charAt(i)));
      }
      value = value.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    byte[] number = value.toByteArray(); // with a sign bit, so up to a byte more
    byte[] bytes = new byte[BYTES];
    int length = Math.min(BYTES, number.length);
    System.arraycopy(number, number.length - length, bytes, BYTES - length, length);
    if (value.bitLength() > BYTES * Byte.SIZE || !text.equals(text(bytes))) {
      throw new MalformedDataException(
          0, WHAT + ": got " + text.length() + " characters that are not base58 of 32 bytes");
    }
    return new TransactionDigest(bytes);
  }

  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      text.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append(DIGITS.charAt(0));
    }
    return text.reverse().toString();
  }

  /** {@return the text form, base58} */
  @Override
  public String toString() {
    return text(toBytes());
  }
}
