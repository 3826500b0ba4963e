package io.redstuff;

import io.redstuff.error.MalformedDataException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A value that is a fixed number of bytes and nothing more, such as the id of an object.
 *
 * <p>Two are equal if they are of the same class and have the same bytes. Immutable and
 * thread-safe, as subclasses must be.
 *
 * @since 0.1.0
 */
public abstract class FixedBytes {
  private static final HexFormat HEX = HexFormat.of();
  private static final String PREFIX = "0x";

  private final byte[] bytes;

  /**
   * Makes a value.
   *
   * @param what what it is, for messages
   * @param length how many bytes such a value has
   * @param bytes the bytes, copied
   * @throws IllegalArgumentException if there are more or fewer bytes
   */
  protected FixedBytes(String what, int length, byte[] bytes) {
    if (Objects.requireNonNull(bytes, what).length != length) {
      throw new IllegalArgumentException(
          what + ": got " + bytes.length + " bytes, expected " + length);
    }
    this.bytes = bytes.clone();
  }

  /**
   * Reads the text form: {@code 0x}, then two lower-case hexadecimal digits for each byte. Nothing
   * else is accepted, so that different texts always are different values.
   *
   * @param what what is read, for messages
   * @param length how many bytes it has
   * @param text the text form
   * @return the bytes
   * @throws MalformedDataException if the text has another length or holds another character
   */
  protected static byte[] parseHex(String what, int length, String text)
      throws MalformedDataException {
    int characters = PREFIX.length() + 2 * length;
    if (!text.startsWith(PREFIX)) {
      throw new MalformedDataException(0, what + ": got no 0x at the start, expected one");
    }
    for (int i = PREFIX.length(); i < Math.min(characters, text.length()); i++) {
      char c = text.charAt(i);
      if (!HexFormat.isHexDigit(c) || Character.isUpperCase(c)) {
        throw new MalformedDataException(
            i,
            String.format(
                "%s: got character U+%04X, expected hexadecimal digits (0-9 a-f)", what, (int) c));
      }
    }
    if (text.length() != characters) {
      throw new MalformedDataException(
          Math.min(characters, text.length()),
          what + ": got " + text.length() + " characters, expected " + characters);
    }
    return HEX.parseHex(text, PREFIX.length(), characters);
  }

  /** {@return a fresh copy of the bytes} */
  public final byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * Compares bytes, from the first on and without sign.
   *
   * @param other a value of the same length
   * @return below, equal to or above 0
   */
  protected final int compareBytes(FixedBytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof FixedBytes that
        && getClass() == that.getClass()
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** {@return {@code 0x} and two lower-case hexadecimal digits for each byte} */
  @Override
  public String toString() {
    return PREFIX + HEX.formatHex(bytes);
  }
}
