package io.redstuff.seal.server;

import java.io.Serial;

/** A request that is not granted, as the answer says it: a status of HTTP and a name. */
final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  private Refusal(int status, String error, String message) {
    super(message, null, true, false);
    this.status = status;
    this.error = error;
  }

  /** Returns one of a request that is not as it has to be. */
  static Refusal badRequest(String message) {
    return new Refusal(400, "InvalidRequest", message);
  }

  /** Returns one of somebody who may not have what they ask for. */
  static Refusal forbidden(String error, String message) {
    return new Refusal(403, error, message);
  }

  /** Returns one of something that is not here. */
  static Refusal notFound(String error, String message) {
    return new Refusal(404, error, message);
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }
}
