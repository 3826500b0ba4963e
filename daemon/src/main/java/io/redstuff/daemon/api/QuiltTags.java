package io.redstuff.daemon.api;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The tags of files that make a quilt: {@code [{"identifier":"a","tags":{"key":"value"}}]}. A value
 * that is no text counts as its JSON.
 */
public final class QuiltTags {
  private static final String WHAT = "failed to parse multipart form: _metadata: ";

  private final Map<String, Map<String, String>> tags;

  private QuiltTags(Map<String, Map<String, String>> tags) {
    this.tags = tags;
  }

  /** {@return no tags} */
  public static QuiltTags none() {
    return new QuiltTags(Map.of());
  }

  /**
   * Reads tags.
   *
   * @param json all of it, UTF-8
   * @return the tags
   * @throws RefusedException if it is something else, or has an identifier twice
   */
  public static QuiltTags parse(byte[] json) throws RefusedException {
    JsonNode list;
    try {
      list = Json.MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw RefusedException.malformed(WHAT + "got no JSON: " + e.getOriginalMessage());
    }
    if (!list.isArray()) {
      throw RefusedException.malformed(WHAT + "got no array");
    }
    Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    for (JsonNode item : list) {
      add(item, tags);
    }
    return new QuiltTags(tags);
  }

  private static void add(JsonNode item, Map<String, Map<String, String>> tags)
      throws RefusedException {
    JsonNode identifier = item.path("identifier");
    JsonNode values = item.path("tags");
    if (!identifier.isString() || !(values.isMissingNode() || values.isObject())) {
      throw RefusedException.malformed(
          WHAT + "expected objects with identifier, a text, and tags, an object");
    }
    Map<String, String> own = new LinkedHashMap<>();
    values
        .properties()
        .forEach(
            tag ->
                own.put(
                    tag.getKey(),
                    tag.getValue().isString()
                        ? tag.getValue().stringValue()
                        : tag.getValue().toString()));
    put(identifier.stringValue(), own, tags);
  }

  private static void put(
      String identifier, Map<String, String> own, Map<String, Map<String, String>> tags)
      throws RefusedException {
    if (tags.put(identifier, own) != null) {
      throw RefusedException.malformed(
          "duplicate identifiers found in _metadata: " + QueryText.shown(identifier));
    }
  }

  /**
   * Returns these and others.
   *
   * @param other the others
   * @return both
   * @throws RefusedException if both have an identifier
   */
  public QuiltTags and(QuiltTags other) throws RefusedException {
    Map<String, Map<String, String>> both = new LinkedHashMap<>(tags);
    for (Map.Entry<String, Map<String, String>> entry : other.tags.entrySet()) {
      put(entry.getKey(), entry.getValue(), both);
    }
    return new QuiltTags(both);
  }

  /**
   * Returns the tags of a file.
   *
   * @param identifier the file
   * @return its tags; none if nothing is said of it
   */
  public Map<String, String> of(String identifier) {
    return tags.getOrDefault(identifier, Map.of());
  }
}
