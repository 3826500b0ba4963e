package io.redstuff.certify.json;

import io.redstuff.error.MalformedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An object in JSON, whose fields are asked for one by one and have to be of the right kind. */
final class JsonFields {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final String what;
  private final JsonNode node;

  private JsonFields(String what, JsonNode node) {
    this.what = what;
    this.node = node;
  }

  /** Reads one of our values from a field. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text) throws MalformedDataException;
  }

  /** Returns the object that all of a text is. */
  static JsonFields parse(String what, byte[] json) throws MalformedDataException {
    try {
      return of(what, MAPPER.readTree(json));
    } catch (JacksonException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new MalformedDataException(offset, what + ": not JSON: " + e.getOriginalMessage());
    }
  }

  private static JsonFields of(String what, JsonNode node) throws MalformedDataException {
    if (!node.isObject()) {
      throw new MalformedDataException(
          0, "%s: got %s, expected an object".formatted(what, kind(node)));
    }
    return new JsonFields(what, node);
  }

  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** Returns the text of an object in lines, with the end of the last. */
  static byte[] write(ObjectNode object) {
    byte[] text = MAPPER.writeValueAsBytes(object);
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** Returns an object in this one, if there is a field of that name. */
  Optional<JsonFields> object(String name) throws MalformedDataException {
    return has(name) ? Optional.of(of(name(name), node.get(name))) : Optional.empty();
  }

  /** Returns the objects in a list. */
  List<JsonFields> objects(String name) throws MalformedDataException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : list(name)) {
      objects.add(of("%s[%s]".formatted(name(name), objects.size()), element));
    }
    return objects;
  }

  /** Returns the whole numbers in a list. */
  List<Integer> numbers(String name, int most) throws MalformedDataException {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode element : list(name)) {
      numbers.add((int) number(name(name), element, most));
    }
    return numbers;
  }

  private JsonNode list(String name) throws MalformedDataException {
    JsonNode list = field(name);
    if (!list.isArray()) {
      throw wrong(name, list, "a list");
    }
    return list;
  }

  /** Returns a whole number. */
  long number(String name, long most) throws MalformedDataException {
    return number(name(name), field(name), most);
  }

  private static long number(String what, JsonNode node, long most) throws MalformedDataException {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new MalformedDataException(
          0, "%s: got %s, expected a whole number".formatted(what, kind(node)));
    }
    long value = node.asLong();
    if (value < 0 || value > most) {
      throw new MalformedDataException(
          0, "%s: got %s, expected 0 to %s".formatted(what, value, most));
    }
    return value;
  }

  /** Returns what a text says. */
  <T> T text(String name, Parser<T> parser) throws MalformedDataException {
    JsonNode text = field(name);
    if (!text.isString()) {
      throw wrong(name, text, "a text");
    }
    return parser.parse(text.asString());
  }

  /** Returns the bytes of a text in base64, which has to be canonical. */
  byte[] base64(String name) throws MalformedDataException {
    return text(name, text -> decode(name(name), text));
  }

  private static byte[] decode(String what, String text) throws MalformedDataException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(0, "%s: not base64: %s".formatted(what, e.getMessage()));
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new MalformedDataException(
          0, what + ": got base64 that is not canonical, expected padding and no surplus bits");
    }
    return bytes;
  }

  /**
   * Returns the bytes of a text in hexadecimal digits, of either case, as many as there must be.
   */
  byte[] hex(String name, int length) throws MalformedDataException {
    return text(name, text -> decodeHex(name(name), text, length));
  }

  private static byte[] decodeHex(String what, String text, int length)
      throws MalformedDataException {
    if (text.length() != 2 * length) {
      throw new MalformedDataException(
          0,
          "%s: got %s characters, expected %s digits".formatted(what, text.length(), 2 * length));
    }
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(
          0, "%s: not hexadecimal: %s".formatted(what, e.getMessage()));
    }
  }

  private JsonNode field(String name) throws MalformedDataException {
    JsonNode field = node.get(name);
    if (field == null) {
      throw new MalformedDataException(0, name(name) + ": missing");
    }
    return field;
  }

  String name(String field) {
    return what + "." + field;
  }

  private MalformedDataException wrong(String name, JsonNode got, String expected) {
    return new MalformedDataException(
        0, "%s: got %s, expected %s".formatted(name(name), kind(got), expected));
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode()
        ? "nothing"
        : "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
