package io.redstuff.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.error.MalformedDataException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonTextsTest {
  private static final String TEXT =
      """
      {"secret": "AAEC", "odd": "A*", "number": 1, "texts": ["AAE=", ""], "mixed": ["AAE=", 1],
       "surplus": ["AAF="]}
      """;

  private static void assertRefused(String message, Executable parser) {
    assertEquals(
        "at byte 0: " + message, assertThrows(MalformedDataException.class, parser).getMessage());
  }

  @Test
  void secretsAreNotShown() throws MalformedDataException {
    JsonFields fields = JsonFields.parseSecret("it", TEXT.getBytes(UTF_8));
    assertArrayEquals(new byte[] {0, 1, 2}, fields.secret("secret", 3));
    assertRefused("it.secret: got 3 bytes, expected 4", () -> fields.secret("secret", 4));
    assertRefused("it.odd: not base64", () -> fields.secret("odd", 1));
    assertRefused("it.number: got a number, expected a text", () -> fields.secret("number", 1));
    assertRefused("it: not JSON", () -> JsonFields.parseSecret("it", "{AA".getBytes(UTF_8)));
    assertRefused(
        "it: got a number, expected an object",
        () -> JsonFields.parseSecret("it", "1".getBytes(UTF_8)));
  }

  @Test
  void listsOfTexts() throws MalformedDataException {
    JsonFields fields = JsonFields.parse("it", TEXT.getBytes(UTF_8));
    List<byte[]> texts = fields.base64s("texts");
    assertEquals(2, texts.size());
    assertArrayEquals(new byte[] {0, 1}, texts.get(0));
    assertArrayEquals(new byte[0], texts.get(1));
    assertRefused("it.mixed: got a number, expected texts", () -> fields.base64s("mixed"));
    assertRefused("it.number: got a number, expected a list", () -> fields.base64s("number"));
    assertRefused(
        "it.surplus: got base64 that is not canonical, expected padding and no surplus bits",
        () -> fields.base64s("surplus"));
  }
}
