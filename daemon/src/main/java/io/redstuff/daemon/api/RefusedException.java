package io.redstuff.daemon.api;

import java.io.Serial;
import java.util.Objects;

/** A request that is answered with an error. Carries no stack trace: it is an answer. */
public final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** The answer. */
  private final transient DaemonError error;

  /**
   * Makes one.
   *
   * @param error the answer
   */
  public RefusedException(DaemonError error) {
    super(error.reason() + ": " + error.message(), null, true, false);
    this.error = Objects.requireNonNull(error, "error");
  }

  /**
   * Makes one.
   *
   * @param status what kind it is
   * @param reason why
   * @param message for people
   */
  public RefusedException(ErrorStatus status, ErrorReason reason, String message) {
    this(new DaemonError(status, reason, message));
  }

  /**
   * Returns one for a request that cannot be understood.
   *
   * @param message what was got and what was expected
   * @return the exception
   */
  public static RefusedException malformed(String message) {
    return new RefusedException(
        ErrorStatus.INVALID_ARGUMENT,
        ErrorReason.MALFORMED_REQUEST,
        "the request is malformed: " + message);
  }

  /** {@return the answer} */
  public DaemonError error() {
    return error;
  }
}
