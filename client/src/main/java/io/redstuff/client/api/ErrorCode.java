package io.redstuff.client.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * What kind of error an answer is, with its status of HTTP.
 *
 * @since 0.1.0
 */
public enum ErrorCode {
  /** The request is wrong, whatever the state of the node. */
  INVALID_ARGUMENT(400),
  /** The request does not go with the state of the node, or not yet. */
  FAILED_PRECONDITION(400),
  /** The sender has not shown who it is. */
  UNAUTHENTICATED(401),
  /** The sender may not ask for this. */
  PERMISSION_DENIED(403),
  /** More is asked for than the node gives or takes. */
  SIZE_EXCEEDED(403),
  /** The node has no such thing. */
  NOT_FOUND(404),
  /** There is no such range. */
  RANGE_NOT_SATISFIABLE(416),
  /** Too many requests, or no room. */
  RESOURCE_EXHAUSTED(429),
  /** The node must not give it out. */
  UNAVAILABLE_FOR_LEGAL_REASONS(451),
  /** The node has failed. */
  INTERNAL(500),
  /** The node cannot now; it may later. */
  UNAVAILABLE(503),
  /** The node has not come to an end in time. */
  DEADLINE_EXCEEDED(504);

  private final int httpStatus;

  ErrorCode(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** {@return the status of HTTP} */
  public int httpStatus() {
    return httpStatus;
  }

  static Optional<ErrorCode> of(String name, long httpStatus) {
    return Arrays.stream(values())
        .filter(code -> code.name().equals(name) && code.httpStatus == httpStatus)
        .findFirst();
  }
}
