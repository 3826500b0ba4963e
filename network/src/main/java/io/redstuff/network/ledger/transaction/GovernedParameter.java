package io.redstuff.network.ledger.transaction;

import java.util.Optional;

/**
 * What nodes can vote on beside prices and capacity, in the order of the numbers on the wire.
 *
 * @since 0.1.0
 */
public enum GovernedParameter {
  /** How long an epoch lasts at least, in milliseconds; 0 lets one begin at any time. */
  EPOCH_DURATION(0, 0, Long.MAX_VALUE / 4),
  /** For how many epochs ahead storage can be bought. */
  MAX_EPOCHS_AHEAD(1, 1, 1000),
  /** What share of the rewards of an epoch is burnt, in basis points. */
  BURN_RATE(2, 0, 10_000);

  private static final GovernedParameter[] BY_NUMBER = values();

  private final int number;
  private final long least;
  private final long most;

  GovernedParameter(int number, long least, long most) {
    this.number = number;
    this.least = least;
    this.most = most;
  }

  /** {@return the number on the wire} */
  public int number() {
    return number;
  }

  /**
   * Returns the parameter with a number.
   *
   * @param number the number
   * @return the parameter; nothing if there is none with that number
   */
  public static Optional<GovernedParameter> ofNumber(int number) {
    return number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
  }

  /**
   * Returns whether a value is one that the parameter can have.
   *
   * @param value the value
   * @return true if it is not below the least and not above the most
   */
  public boolean allows(long value) {
    return value >= least && value <= most;
  }

  /** {@return the range, as in {@code 1 to 1000}} */
  public String range() {
    return least + " to " + most;
  }
}
