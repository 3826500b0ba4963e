package io.redstuff.daemon.api;

/** What kind of error an answer is, with its status of HTTP. */
public enum ErrorStatus {
  /** The request is wrong, whatever the state of the network. */
  INVALID_ARGUMENT(400),
  /** The request does not go with the state of the network. */
  FAILED_PRECONDITION(400),
  /** Whoever asks may not. */
  PERMISSION_DENIED(403),
  /** More is asked for than is given out. */
  SIZE_EXCEEDED(403),
  /** There is no such thing. */
  NOT_FOUND(404),
  /** The route is there, and not for this method. */
  METHOD_NOT_ALLOWED(405),
  /** The body is too long. */
  CONTENT_TOO_LARGE(413),
  /** There is no such range. */
  RANGE_NOT_SATISFIABLE(416),
  /** Too many requests at a time. */
  RESOURCE_EXHAUSTED(429),
  /** It must not be given out. */
  UNAVAILABLE_FOR_LEGAL_REASONS(451),
  /** Something here has failed. */
  INTERNAL(500),
  /** Not now; perhaps later. */
  UNAVAILABLE(503),
  /** Too few nodes have done their part in time. */
  DEADLINE_EXCEEDED(504);

  private final int httpStatus;

  ErrorStatus(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** {@return the status of HTTP} */
  public int httpStatus() {
    return httpStatus;
  }
}
