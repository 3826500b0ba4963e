package io.redstuff.front.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a request is answered with. The body is not copied. */
final class PageAnswer {
  static final String JSON = "application/json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();

  private final int status;
  private final String type;
  private final byte[] body;

  PageAnswer(int status, String type, byte[] body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  /** Returns the status of HTTP. */
  int status() {
    return status;
  }

  /** Returns the content type. */
  String type() {
    return type;
  }

  /** Returns the bytes; not to be changed. */
  byte[] body() {
    return body;
  }

  /** The form of an error. */
  record Failure(String reason, String message) {}

  static PageAnswer of(Object value) {
    return json(200, value);
  }

  static PageAnswer of(RefusedException refused) {
    return json(refused.status(), new Failure(refused.reason(), refused.getMessage()));
  }

  private static PageAnswer json(int status, Object value) {
    return new PageAnswer(status, JSON, MAPPER.writeValueAsBytes(value));
  }

  /** Returns a value as one line of JSON. */
  static String line(Object value) {
    return new String(MAPPER.writeValueAsBytes(value), UTF_8);
  }
}
