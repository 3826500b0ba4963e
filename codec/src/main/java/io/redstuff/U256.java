package io.redstuff;

import io.redstuff.error.MalformedDataException;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A number of 256 bits as the chain has it: 32 bytes, the least significant first. Blob ids and
 * root hashes stand on the chain as such numbers, with the same bytes. The text form is decimal.
 *
 * @since 0.1.0
 */
public final class U256 extends FixedBytes implements Comparable<U256> {

  /** The length in bytes. */
  public static final int BYTES = 32;

  private static final String WHAT = "u256";

  /** 2^256 - 1 has 78 digits. */
  private static final Pattern TEXT = Pattern.compile("0|[1-9][0-9]{0,77}");

  private U256(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the number with given bytes.
   *
   * @param littleEndian 32 bytes, the least significant first; copied
   * @return the number
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static U256 of(byte[] littleEndian) {
    return new U256(littleEndian);
  }

  /**
   * Returns a number.
   *
   * @param value from 0 to 2^256 - 1
   * @return the number
   * @throws IllegalArgumentException if it is negative or has more than 256 bits
   */
  public static U256 of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > BYTES * Byte.SIZE) {
      throw new IllegalArgumentException(
          WHAT + ": got " + value + ", expected a number from 0 to 2^256 - 1");
    }
    byte[] bigEndian = value.toByteArray(); // with a sign bit, so up to 33 bytes
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < Math.min(BYTES, bigEndian.length); i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return new U256(bytes);
  }

  /**
   * Returns the number that stands for a blob id: the one with the same bytes.
   *
   * @param blobId the id
   * @return the number
   */
  public static U256 of(BlobId blobId) {
    return new U256(blobId.toBytes());
  }

  /**
   * Reads the text form.
   *
   * @param text a decimal number without sign or leading zeros
   * @return the number
   * @throws MalformedDataException if the text is anything else, or the number has more than 256
   *     bits
   */
  public static U256 parse(String text) throws MalformedDataException {
    if (TEXT.matcher(text).matches()) {
      BigInteger value = new BigInteger(text);
      if (value.bitLength() <= BYTES * Byte.SIZE) {
        return of(value);
      }
    }
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
    throw new MalformedDataException(
        0, WHAT + ": got '" + shown + "', expected a decimal number from 0 to 2^256 - 1");
  }

  /** {@return the number} */
  public BigInteger toBigInteger() {
    byte[] bigEndian = toBytes();
    for (int i = 0; i < BYTES / 2; i++) {
      byte low = bigEndian[i];
      bigEndian[i] = bigEndian[BYTES - 1 - i];
      bigEndian[BYTES - 1 - i] = low;
    }
    return new BigInteger(1, bigEndian);
  }

  /** {@return the blob id with the same bytes} */
  public BlobId toBlobId() {
    return BlobId.of(toBytes());
  }

  @Override
  public int compareTo(U256 other) {
    return toBigInteger().compareTo(other.toBigInteger());
  }

  /** {@return the number in decimal} */
  @Override
  public String toString() {
    return toBigInteger().toString();
  }
}
