package io.redstuff.network.ledger.rule;

import io.redstuff.ObjectId;
import io.redstuff.network.ledger.LedgerException;
import java.util.Map;
import java.util.Optional;

/** What a call does. */
@FunctionalInterface
interface Function {
  /** Takes all arguments, then changes the state; returns the object that it gives, if any. */
  Optional<ObjectId> call(Arguments arguments) throws LedgerException;

  /** A function that gives nothing. */
  @FunctionalInterface
  interface Silent {
    /** Takes all arguments, then changes the state. */
    void call(Arguments arguments) throws LedgerException;
  }

  /** A function that always gives an object. */
  @FunctionalInterface
  interface Giving {
    /** Takes all arguments, then changes the state; returns the object that it gives. */
    ObjectId call(Arguments arguments) throws LedgerException;
  }

  /** Enters a function that gives nothing. */
  static void silent(Map<String, Function> functions, String name, Silent function) {
    functions.put(
        name,
        arguments -> {
          function.call(arguments);
          return Optional.empty();
        });
  }

  /** Enters a function that gives an object. */
  static void giving(Map<String, Function> functions, String name, Giving function) {
    functions.put(name, arguments -> Optional.of(function.call(arguments)));
  }
}
