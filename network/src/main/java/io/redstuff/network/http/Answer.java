package io.redstuff.network.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;

/** What a server answers: a status of HTTP, and a body. */
public final class Answer {
  public static final int OK = 200;
  public static final int BAD_REQUEST = 400;
  public static final int UNAUTHORIZED = 401;
  public static final int NOT_FOUND = 404;
  public static final int INTERNAL = 500;
  public static final int UNAVAILABLE = 503;

  private static final String BINARY = "application/octet-stream";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  private final int status;
  private final String type;
  private final byte[] body;

  /** Puts an answer together; the body is not copied. */
  public Answer(int status, String type, byte[] body) {
    this.status = status;
    this.type = Objects.requireNonNull(type, "type");
    this.body = Objects.requireNonNull(body, "body");
  }

  /** {@return the status of HTTP} */
  int status() {
    return status;
  }

  /** {@return the type of the content} */
  String type() {
    return type;
  }

  /** {@return the whole body, not a copy} */
  byte[] body() {
    return body;
  }

  /** {@return bytes as they are} */
  public static Answer binary(byte[] body) {
    return new Answer(OK, BINARY, body);
  }

  /** {@return a text of JSON} */
  public static Answer json(String body) {
    return new Answer(OK, JSON, body.getBytes(UTF_8));
  }

  /** {@return why there is no other answer} */
  public static Answer failure(int status, String message) {
    return new Answer(status, TEXT, message.getBytes(UTF_8));
  }

  /** {@return that what was asked for is not there} */
  public static Answer nothing() {
    return failure(NOT_FOUND, "there is no such thing");
  }
}
