package io.redstuff.internal.bcs;

import io.redstuff.error.MalformedDataException;
import java.util.Base64;

/**
 * Ids as text: URL-safe base64 without padding, read strictly, so that different texts always are
 * different bytes.
 */
public final class Base64Text {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Base64Text() {}

  /** Returns the text of bytes. */
  public static String of(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads a text that stands for a fixed number of bytes, not a multiple of 3.
   *
   * @throws MalformedDataException if the text has another length, holds another character, or has
   *     bits set in its last character beyond the bytes
   */
  public static byte[] parse(String text, String what, int length) throws MalformedDataException {
    int characters = Math.ceilDiv(length * Byte.SIZE, 6);
    int common = Math.min(text.length(), characters);
    for (int i = 0; i < common; i++) {
      char c = text.charAt(i);
      if (ALPHABET.indexOf(c) < 0) {
        throw new MalformedDataException(
            i,
            String.format(
                "%s: got character U+%04X, expected URL-safe base64 (A-Z a-z 0-9 - _)",
                what, (int) c));
      }
    }
    if (text.length() != characters) {
      throw new MalformedDataException(
          common, what + ": got " + text.length() + " characters, expected " + characters);
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    // The JDK's decoder drops the surplus bits of the last character.
    String canonical = of(bytes);
    if (!canonical.equals(text)) {
      throw new MalformedDataException(
          characters - 1L,
          "%s: got last character '%c', expected '%c': bits beyond the %s bytes must be zero"
              .formatted(
                  what, text.charAt(characters - 1), canonical.charAt(characters - 1), length));
    }
    return bytes;
  }
}
