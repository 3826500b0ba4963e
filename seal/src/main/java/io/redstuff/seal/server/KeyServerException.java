package io.redstuff.seal.server;

import java.io.IOException;
import java.io.Serial;

/**
 * A key server that answered, but not with keys: it refused, or said what it should not have.
 *
 * @since 0.1.0
 */
public final class KeyServerException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** The status of HTTP. */
  private final int status;

  /** What the server calls it. */
  private final String error;

  KeyServerException(int status, String error, String message) {
    super("got status %s, %s: %s".formatted(status, error, message));
    this.status = status;
    this.error = error;
  }

  /** {@return the status of HTTP} */
  public int status() {
    return status;
  }

  /** {@return what the server calls it: {@code NoAccess} if the policy does not allow it} */
  public String error() {
    return error;
  }
}
