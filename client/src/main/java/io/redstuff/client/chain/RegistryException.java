package io.redstuff.client.chain;

import java.io.IOException;
import java.io.Serial;

/**
 * The chain has refused something, or has not answered.
 *
 * @since 0.1.0
 */
public final class RegistryException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what was refused, and why
   * @param cause what the chain's own client has thrown; null if nothing
   */
  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
