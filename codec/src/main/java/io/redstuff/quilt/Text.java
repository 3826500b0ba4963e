package io.redstuff.quilt;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strings as they are on the wire: a length and UTF-8, nothing else. */
final class Text {
  private Text() {}

  /**
   * Returns the UTF-8 form.
   *
   * @throws IllegalArgumentException if there is none: there is a lone surrogate
   */
  static byte[] utf8(String text) {
    try {
      var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "text: got a lone surrogate in \"" + text + "\", expected Unicode", e);
    }
  }

  /** Returns the string in BCS. */
  static byte[] bcs(String text) {
    return BcsWriter.toBytes(out -> write(out, text));
  }

  static void write(BcsWriter out, String text) {
    out.bytes(MemorySegment.ofArray(utf8(text)));
  }

  static String read(BcsReader in, String what) throws MalformedDataException {
    long start = in.position();
    byte[] bytes = in.bytes(what).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(bytes, StandardCharsets.UTF_8);
    // What is not UTF-8 has become replacement characters.
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new MalformedDataException(start, what + ": got bytes that are not UTF-8");
    }
    return text;
  }
}
