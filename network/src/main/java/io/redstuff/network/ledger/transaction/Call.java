package io.redstuff.network.ledger.transaction;

import io.redstuff.chain.CallArgument.ObjectInput;
import io.redstuff.chain.CallArgument.PureInput;
import io.redstuff.chain.MoveCall;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A call of a function, with all its arguments. On the wire: two strings, then a vector of {@link
 * CallInput}.
 *
 * @param module the module, such as {@code system}
 * @param function the function
 * @param inputs the arguments in order, without the transaction context
 * @since 0.1.0
 */
public record Call(String module, String function, List<CallInput> inputs) {
  /**
   * Takes a copy.
   *
   * @throws NullPointerException if something is null
   */
  public Call {
    Objects.requireNonNull(module, "module");
    Objects.requireNonNull(function, "function");
    inputs = List.copyOf(inputs);
  }

  /**
   * Completes a call of the contract: values stay as they are, the objects that nobody owns are put
   * in, and for others those that are given.
   *
   * @param call the call
   * @param objects the objects that it works on, in the order of its parameters
   * @return the call, as the ledger takes it
   * @throws IllegalArgumentException if there are more or fewer objects than parameters for them
   */
  public static Call of(MoveCall call, CallInput... objects) {
    Iterator<CallInput> rest = List.of(objects).iterator();
    List<CallInput> inputs = new ArrayList<>();
    for (var argument : call.arguments()) {
      switch (argument) {
        case PureInput pure -> inputs.add(new CallInput.Pure(pure.bcs()));
        case ObjectInput object -> {
          Optional<SharedObject> shared = SharedObject.ofType(object.type());
          if (shared.isPresent()) {
            inputs.add(new CallInput.Shared(shared.get()));
          } else if (rest.hasNext()) {
            inputs.add(rest.next());
          } else {
            throw new IllegalArgumentException(
                call.function() + ": got no object for " + object.name() + ", expected one");
          }
        }
      }
    }
    if (rest.hasNext()) {
      throw new IllegalArgumentException(
          call.function() + ": got an object more than there are parameters for");
    }
    return new Call(call.module(), call.function(), inputs);
  }

  /** {@return {@code module::function}} */
  @Override
  public String toString() {
    return module + "::" + function;
  }
}
