package io.redstuff.daemon.http;

import io.redstuff.daemon.api.DaemonError;
import io.redstuff.daemon.service.Content;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** An answer: status, headers, bytes. Close it. */
final class Answer implements AutoCloseable {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Content content;

  private Answer(int status, Content content) {
    this.status = status;
    this.content = content;
    header("X-Content-Type-Options", "nosniff");
  }

  static Answer of(int status, Content content) {
    return new Answer(status, content);
  }

  static Answer json(byte[] json) {
    return of(OK, Content.of(json)).header(CONTENT_TYPE, JSON);
  }

  static Answer text(String text) {
    return of(OK, Content.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .header(CONTENT_TYPE, "text/plain; charset=utf-8");
  }

  static Answer error(DaemonError error) {
    return of(error.status().httpStatus(), Content.of(error.toJson())).header(CONTENT_TYPE, JSON);
  }

  /** Returns that nothing has changed, with the headers that the other answer has. */
  Answer notModified() throws IOException {
    close();
    Answer same = of(NOT_MODIFIED, Content.of(new byte[0]));
    headers.forEach(
        (name, value) -> {
          if (!name.equalsIgnoreCase(CONTENT_TYPE)) {
            same.header(name, value);
          }
        });
    return same;
  }

  Answer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  boolean hasHeader(String name) {
    return headers.containsKey(name);
  }

  int status() {
    return status;
  }

  SequencedMap<String, String> headers() {
    return new LinkedHashMap<>(headers);
  }

  Content content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
