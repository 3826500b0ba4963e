package io.redstuff.network.ledger.transaction;

import java.util.Map;
import java.util.Optional;

/**
 * What every call may name though nobody owns it, in the order of their numbers on the wire.
 *
 * @since 0.1.0
 */
public enum SharedObject {
  /** The contract's object {@code System}. */
  SYSTEM(0),
  /** The contract's object {@code Staking}. */
  STAKING(1),
  /** Stands where the contract takes a {@code Coin}: whatever the sender has. */
  PURSE(2);

  private static final SharedObject[] BY_NUMBER = values();

  private static final Map<String, SharedObject> BY_TYPE =
      Map.of(
          "System", SYSTEM,
          "Staking", STAKING,
          "Coin<WAL>", PURSE);

  private final int number;

  SharedObject(int number) {
    this.number = number;
  }

  /** Returns what stands for a parameter of a Move type, such as {@code &mut System}, if any. */
  static Optional<SharedObject> ofType(String type) {
    return Optional.ofNullable(BY_TYPE.get(type.replace("&mut ", "").replace("&", "")));
  }

  /** {@return the number on the wire} */
  public int number() {
    return number;
  }

  static int count() {
    return BY_NUMBER.length;
  }

  static SharedObject ofNumber(int number) {
    return BY_NUMBER[number];
  }
}
