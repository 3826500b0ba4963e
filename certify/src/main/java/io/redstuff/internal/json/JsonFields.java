package io.redstuff.internal.json;

import io.redstuff.error.MalformedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object in JSON, whose fields are asked for one by one and have to be of the right kind. {@link
 * MalformedDataException} says of each what is wrong with it.
 */
public final class JsonFields {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectWriter IN_LINES = MAPPER.writer(SerializationFeature.INDENT_OUTPUT);

  private final String what;
  private final JsonNode node;

  private JsonFields(String what, JsonNode node) {
    this.what = what;
    this.node = node;
  }

  /** Reads one of our values from a field. */
  @FunctionalInterface
  public interface Parser<T> {
    /** Returns the value. */
    T parse(String text) throws MalformedDataException;
  }

  /** Returns the object that all of a text is. */
  public static JsonFields parse(String what, byte[] json) throws MalformedDataException {
    try {
      return of(what, MAPPER.readTree(json));
    } catch (JacksonException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new MalformedDataException(offset, what + ": not JSON: " + e.getOriginalMessage());
    }
  }

  /** Does so with a text that holds secrets: no message shows anything of it. */
  public static JsonFields parseSecret(String what, byte[] json) throws MalformedDataException {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (JacksonException _) {
      throw new MalformedDataException(0, what + ": not JSON");
    }
    return of(what, node);
  }

  private static JsonFields of(String what, JsonNode node) throws MalformedDataException {
    if (!node.isObject()) {
      throw new MalformedDataException(
          0, "%s: got %s, expected an object".formatted(what, kind(node)));
    }
    return new JsonFields(what, node);
  }

  /** Returns a copy of this object, to be changed and written. */
  public ObjectNode toObject() {
    return node.deepCopy().asObject();
  }

  /** Returns an object without fields, to be filled and written. */
  public static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** Returns the text of an object in lines, with the end of the last. */
  public static byte[] write(ObjectNode object) {
    byte[] text = IN_LINES.writeValueAsBytes(object);
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }

  /** Returns the text of an object without any space, as it is sent. */
  public static byte[] writeCompact(ObjectNode object) {
    return MAPPER.writeValueAsBytes(object);
  }

  /** Returns whether there is a field of that name which is not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** Returns an object in this one, if there is a field of that name. */
  public Optional<JsonFields> object(String name) throws MalformedDataException {
    return has(name) ? Optional.of(of(name(name), node.get(name))) : Optional.empty();
  }

  /** Returns an object in this one, which has to be there. */
  public JsonFields inner(String name) throws MalformedDataException {
    return of(name(name), field(name));
  }

  /** Returns the objects in a list. */
  public List<JsonFields> objects(String name) throws MalformedDataException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : list(name)) {
      objects.add(of("%s[%s]".formatted(name(name), objects.size()), element));
    }
    return objects;
  }

  /** Returns the whole numbers in a list. */
  public List<Integer> numbers(String name, int most) throws MalformedDataException {
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
  public long number(String name, long most) throws MalformedDataException {
    return number(name(name), field(name), most);
  }

  /** Returns a whole number, if there is a field of that name which is not null. */
  public OptionalLong optionalNumber(String name, long most) throws MalformedDataException {
    return has(name) ? OptionalLong.of(number(name, most)) : OptionalLong.empty();
  }

  /** Returns all fields that are whole numbers and fit a long; others are passed over. */
  public Map<String, Long> allNumbers() {
    Map<String, Long> numbers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getValue().isIntegralNumber() && field.getValue().canConvertToLong()) {
        numbers.put(field.getKey(), field.getValue().asLong());
      }
    }
    return numbers;
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

  /** Returns a truth value. */
  public boolean bool(String name) throws MalformedDataException {
    JsonNode value = field(name);
    if (!value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
    return value.asBoolean();
  }

  /** Returns whether a field is there and is a text. */
  public boolean isText(String name) {
    return has(name) && node.get(name).isString();
  }

  /** Returns what a text says. */
  public <T> T text(String name, Parser<T> parser) throws MalformedDataException {
    JsonNode text = field(name);
    if (!text.isString()) {
      throw wrong(name, text, "a text");
    }
    return parser.parse(text.asString());
  }

  /** Returns the bytes of a text in base64, which has to be canonical. */
  public byte[] base64(String name) throws MalformedDataException {
    return text(name, text -> decode(name(name), text));
  }

  /** Returns the bytes of a text in canonical base64, as many as there must be. */
  public byte[] base64(String name, int length) throws MalformedDataException {
    byte[] bytes = base64(name);
    if (bytes.length != length) {
      throw new MalformedDataException(
          0, "%s: got %s bytes, expected %s".formatted(name(name), bytes.length, length));
    }
    return bytes;
  }

  /** Returns the bytes of the texts in a list, each in base64, which has to be canonical. */
  public List<byte[]> base64s(String name) throws MalformedDataException {
    List<byte[]> all = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!element.isString()) {
        throw wrong(name, element, "texts");
      }
      all.add(decode(name(name), element.asString()));
    }
    return all;
  }

  /** Returns the bytes of a text in base64 that is a secret, as many as there must be. */
  public byte[] secret(String name, int length) throws MalformedDataException {
    return text(
        name,
        text -> {
          byte[] bytes;
          try {
            bytes = Base64.getDecoder().decode(text);
          } catch (IllegalArgumentException _) {
            throw new MalformedDataException(0, name(name) + ": not base64");
          }
          if (bytes.length != length) {
            throw new MalformedDataException(
                0, "%s: got %s bytes, expected %s".formatted(name(name), bytes.length, length));
          }
          return bytes;
        });
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
  public byte[] hex(String name, int length) throws MalformedDataException {
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

  /** Returns how messages call a field. */
  public String name(String field) {
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
