package io.redstuff;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.Base64Text;
import java.util.Arrays;
import java.util.Objects;

/**
 * The name of a blob: a commitment of 32 bytes to its length and to all its slivers.
 *
 * <p>The text form is URL-safe base64 without padding, 43 characters. Read as a number, the bytes
 * are big-endian here and in the order of {@link #compareTo}; on chain the same 32 bytes are read
 * as little-endian.
 *
 * @since 0.1.0
 */
public final class BlobId implements Comparable<BlobId> {

  /** The length in bytes. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private BlobId(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the id with given bytes.
   *
   * @param bytes 32 bytes, copied
   * @return the id
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static BlobId of(byte[] bytes) {
    if (Objects.requireNonNull(bytes, "bytes").length != BYTES) {
      throw new IllegalArgumentException(
          "blob id: got " + bytes.length + " bytes, expected " + BYTES);
    }
    return new BlobId(bytes.clone());
  }

  /**
   * Reads the text form. Only the form that {@link #toString()} writes is accepted, so that
   * different texts always are different ids.
   *
   * @param text 43 characters of URL-safe base64 without padding
   * @return the id
   * @throws MalformedDataException if the text has another length, holds another character, or has
   *     bits set in its last character beyond the 32 bytes
   */
  public static BlobId parse(String text) throws MalformedDataException {
    return new BlobId(Base64Text.parse(text, "blob id", BYTES));
  }

  /** {@return a fresh copy of the 32 bytes} */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * Returns the remainder of the id, read as a big-endian number.
   *
   * @param n the divisor, such as the number of shards
   * @return the id modulo {@code n}, from 0 to {@code n - 1}
   * @throws IllegalArgumentException if {@code n} is not positive
   */
  public int mod(int n) {
    if (n <= 0) {
      throw new IllegalArgumentException("divisor: got " + n + ", expected a positive number");
    }
    long remainder = 0;
    for (byte b : bytes) {
      remainder = (remainder << 8 | Byte.toUnsignedInt(b)) % n;
    }
    return (int) remainder;
  }

  /** Orders ids as big-endian numbers. */
  @Override
  public int compareTo(BlobId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlobId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** {@return the text form: 43 characters of URL-safe base64 without padding} */
  @Override
  public String toString() {
    return Base64Text.of(bytes);
  }
}
