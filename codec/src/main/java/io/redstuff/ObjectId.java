package io.redstuff;

import io.redstuff.error.MalformedDataException;

/**
 * The id of an object on the Sui chain, 32 bytes: of a blob object, a storage resource, a storage
 * node. The text form is {@code 0x} and 64 lower-case hexadecimal digits.
 *
 * @since 0.1.0
 */
public final class ObjectId extends FixedBytes implements Comparable<ObjectId> {

  /** The length in bytes. */
  public static final int BYTES = 32;

  private static final String WHAT = "object id";

  private ObjectId(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the id with given bytes.
   *
   * @param bytes 32 bytes, copied
   * @return the id
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static ObjectId of(byte[] bytes) {
    return new ObjectId(bytes);
  }

  /**
   * Reads the text form; short forms, as in {@code 0x6}, are refused.
   *
   * @param text {@code 0x} and 64 lower-case hexadecimal digits
   * @return the id
   * @throws MalformedDataException if the text is anything else
   */
  public static ObjectId parse(String text) throws MalformedDataException {
    return new ObjectId(parseHex(WHAT, BYTES, text));
  }

  /** Orders ids as big-endian numbers, the order in which a committee has its nodes. */
  @Override
  public int compareTo(ObjectId other) {
    return compareBytes(other);
  }
}
