package io.redstuff.chain;

import java.util.List;
import java.util.Objects;

/**
 * A call of a function of the contract, without the objects it works on.
 *
 * @param module the Move module, such as {@code system}
 * @param function the function
 * @param arguments all its arguments, in order; the transaction context, which the chain adds, is
 *     not one of them
 * @since 0.1.0
 */
public record MoveCall(String module, String function, List<CallArgument> arguments) {
  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   */
  public MoveCall {
    Objects.requireNonNull(module, "module");
    Objects.requireNonNull(function, "function");
    arguments = List.copyOf(arguments);
  }
}
