package io.redstuff.cli.show;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes records as JSON, their components in the order of declaration. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private Json() {}

  /** Returns {@code content} in lines, with the end of the last. */
  public static String of(Record content) {
    return MAPPER.writeValueAsString(content) + System.lineSeparator();
  }
}
