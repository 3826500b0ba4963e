package io.redstuff.client.node;

import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeError;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import java.util.Optional;

/**
 * A request to a node that was not answered as it should be.
 *
 * @since 0.1.0
 */
public final class NodeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** In what way. */
  public enum Kind {
    /** There is no connection, or it broke. */
    UNREACHABLE,
    /** The answer was not there in time, or not all of it. */
    TIMED_OUT,
    /** The node has answered with an error. */
    REFUSED,
    /** The answer is too long, not of the right form, or not what was asked for. */
    BAD_ANSWER
  }

  /** In what way. */
  private final Kind kind;

  /** The status of the answer; 0 if there was none. */
  private final int httpStatus;

  /** What the node has answered. */
  private final transient NodeError error;

  private NodeException(
      Kind kind, String message, int httpStatus, NodeError error, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.httpStatus = httpStatus;
    this.error = error;
  }

  /** Makes one for a request without an answer. */
  static NodeException of(Kind kind, String request, Throwable cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new NodeException(kind, request + ": " + why, 0, null, cause);
  }

  /** Makes one for an answer that cannot be used. */
  static NodeException badAnswer(String request, String why) {
    return new NodeException(Kind.BAD_ANSWER, request + ": " + why, 0, null, null);
  }

  /** Makes one for an error that a node has answered. */
  static NodeException refused(String request, int httpStatus, Optional<NodeError> error) {
    String message =
        "%s: got status %s%s"
            .formatted(request, httpStatus, error.map(each -> ", " + each).orElse(""));
    return new NodeException(Kind.REFUSED, message, httpStatus, error.orElse(null), null);
  }

  /** {@return in what way it failed} */
  public Kind kind() {
    return kind;
  }

  /** {@return the status of the answer; 0 if there was none that could be used} */
  public int httpStatus() {
    return httpStatus;
  }

  /** {@return the error that the node has answered, if it said more than a status} */
  public Optional<NodeError> error() {
    return Optional.ofNullable(error);
  }

  /**
   * {@return whether the node has refused for a reason}
   *
   * @param reason the reason
   */
  public boolean is(ErrorReason reason) {
    return error != null && error.is(reason);
  }

  /** {@return whether the same request may be answered well a little later} */
  public boolean isPassing() {
    return switch (kind) {
      case UNREACHABLE, TIMED_OUT -> true;
      case REFUSED -> httpStatus == 429 || httpStatus >= 500;
      case BAD_ANSWER -> false;
    };
  }
}
