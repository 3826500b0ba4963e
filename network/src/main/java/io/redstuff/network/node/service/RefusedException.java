package io.redstuff.network.node.service;

import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeError;
import java.io.Serial;

/**
 * What a node answers when it does not do what it is asked. Carries no stack trace.
 *
 * @since 0.1.0
 */
public final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient NodeError error;

  /**
   * Refuses.
   *
   * @param error the answer
   */
  public RefusedException(NodeError error) {
    super(error.toString(), null, true, false);
    this.error = error;
  }

  /**
   * Refuses.
   *
   * @param code what kind of error it is
   * @param reason why
   * @param message got and expected
   * @param values what to put into the message
   * @return the exception
   */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  public static RefusedException of(
      ErrorCode code, ErrorReason reason, String message, Object... values) {
    return new RefusedException(NodeError.of(code, reason, message.formatted(values)));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  static RefusedException wrong(ErrorReason reason, String message, Object... values) {
    return of(ErrorCode.INVALID_ARGUMENT, reason, message, values);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  static RefusedException notNow(ErrorReason reason, String message, Object... values) {
    return of(ErrorCode.FAILED_PRECONDITION, reason, message, values);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  static RefusedException notFound(ErrorReason reason, String message, Object... values) {
    return of(ErrorCode.NOT_FOUND, reason, message, values);
  }

  /** {@return the answer} */
  public NodeError error() {
    return error;
  }
}
