package io.redstuff.cli.show;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tags of files as JSON: an object of identifiers, with for each an object of strings. */
public final class TagsFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TagsFile() {}

  /**
   * Reads tags.
   *
   * @throws IllegalArgumentException if it is something else; the message is one line
   */
  public static Map<String, Map<String, String>> parse(byte[] json) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> file : object(read(json), "file")) {
      Map<String, String> tags = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> tag : object(file.getValue(), file.getKey())) {
        if (!tag.getValue().isString()) {
          throw new IllegalArgumentException(
              "%s: %s: got %s, expected a string"
                  .formatted(file.getKey(), tag.getKey(), tag.getValue()));
        }
        tags.put(tag.getKey(), tag.getValue().stringValue());
      }
      all.put(file.getKey(), tags);
    }
    return all;
  }

  private static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Iterable<Map.Entry<String, JsonNode>> object(JsonNode json, String what) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(what + ": expected a JSON object");
    }
    return json.properties();
  }
}
