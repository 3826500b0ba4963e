package io.redstuff.daemon.chain;

import io.redstuff.chain.Frost;
import io.redstuff.client.chain.Registration;
import java.util.Objects;

/**
 * A blob that was registered, and what that took.
 *
 * @param registration what was registered
 * @param operation how
 * @param cost what was paid
 * @since 0.1.0
 */
public record Reserved(Registration registration, RegisterOperation operation, Frost cost) {
  /**
   * Checks that all is there.
   *
   * @throws NullPointerException if something is null
   */
  public Reserved {
    Objects.requireNonNull(registration, "registration");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(cost, "cost");
  }
}
