package io.redstuff.daemon.api;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON and reads it. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** Returns it in UTF-8, in one line. */
  static byte[] write(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }
}
