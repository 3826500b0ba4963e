package io.redstuff;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of golden vectors. */
@SuppressWarnings("exports") // nobody outside of the tests sees it
public final class JsonVectors {
  private JsonVectors() {}

  /** Returns what a file in the directory of vectors holds. */
  public static JsonNode read(String name) {
    try (InputStream in = JsonVectors.class.getResourceAsStream("/vectors/" + name)) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** Returns the rows of a list. */
  public static List<JsonNode> rows(JsonNode list) {
    return list.values().stream().toList();
  }

  /** Returns a field that is text. */
  public static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }

  /** Returns a field that is bytes in hexadecimal digits. */
  public static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(text(node, field));
  }
}
