package io.redstuff.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.error.MalformedDataException;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonFieldsTest {
  private static final String TEXT =
      """
      {"number": 5, "null": null, "true": true, "text": "AAA=", "object": {"a": 1},
       "numbers": {"b": -2, "a": 1, "c": 1.5, "d": "1", "e": 9223372036854775808}}
      """;

  private static JsonFields fields() throws MalformedDataException {
    return JsonFields.parse("it", TEXT.getBytes(UTF_8));
  }

  private static void refused(String message, Executable parser) {
    assertEquals(
        "at byte 0: " + message, assertThrows(MalformedDataException.class, parser).getMessage());
  }

  @Test
  void fieldsThatMayLack() throws MalformedDataException {
    JsonFields fields = fields();
    assertEquals(OptionalLong.of(5), fields.optionalNumber("number", 5));
    assertEquals(OptionalLong.empty(), fields.optionalNumber("null", 5));
    assertEquals(OptionalLong.empty(), fields.optionalNumber("other", 5));
    refused("it.number: got 5, expected 0 to 4", () -> fields.optionalNumber("number", 4));
  }

  @Test
  void kinds() throws MalformedDataException {
    JsonFields fields = fields();
    assertTrue(fields.bool("true"));
    refused("it.number: got a number, expected true or false", () -> fields.bool("number"));
    assertTrue(fields.isText("text"));
    assertFalse(fields.isText("number"));
    assertFalse(fields.isText("other"));
    assertEquals(1, fields.inner("object").number("a", 1));
    refused("it.text: got a string, expected an object", () -> fields.inner("text"));
    refused("it.other: missing", () -> fields.inner("other"));
  }

  @Test
  void bytesOfALength() throws MalformedDataException {
    assertArrayEquals(new byte[2], fields().base64("text", 2));
    refused("it.text: got 2 bytes, expected 3", () -> fields().base64("text", 3));
  }

  @Test
  void allNumbers() throws MalformedDataException {
    assertEquals(Map.of("a", 1L, "b", -2L), fields().inner("numbers").allNumbers());
  }

  @Test
  void compactHasNoSpace() {
    assertEquals(
        "{\"a\":1}",
        new String(JsonFields.writeCompact(JsonFields.newObject().put("a", 1)), UTF_8));
  }
}
