package io.redstuff.seal.server;

import io.redstuff.SuiAddress;
import io.redstuff.seal.Identity;
import java.util.Objects;

/**
 * Somebody who asks for a key of an identity, and has shown who they are.
 *
 * @param user the address on the chain whose wallet signed for the session
 * @param identity whose key is asked for
 * @param module the module of the policy that is to be asked
 * @param function its function, which begins with {@code seal_approve}
 * @since 0.1.0
 */
public record AccessRequest(SuiAddress user, Identity identity, String module, String function) {
  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   */
  public AccessRequest {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(module, "module");
    Objects.requireNonNull(function, "function");
  }
}
