package io.redstuff.front.page;

/** A request that is not fulfilled, and why. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  RefusedException(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  /** Returns the status of HTTP. */
  int status() {
    return status;
  }

  /** Returns a word for programs. */
  String reason() {
    return reason;
  }

  static RefusedException badRequest(String message) {
    return new RefusedException(400, "BAD_REQUEST", message);
  }

  static RefusedException forbidden(String message) {
    return new RefusedException(403, "FORBIDDEN", message);
  }

  static RefusedException notFound(String message) {
    return new RefusedException(404, "NOT_FOUND", message);
  }

  static RefusedException busy(String message) {
    return new RefusedException(409, "BUSY", message);
  }

  static RefusedException failed(String message) {
    return new RefusedException(502, "FAILED", message);
  }
}
