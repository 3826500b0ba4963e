package io.redstuff.daemon.chain;

/**
 * How a blob is to be stored.
 *
 * @param epochs how many epochs to pay for, the current one counted
 * @param deletable whether it may be deleted before
 * @param reuse whether what the account has already, room or a registration, may be used for it
 * @since 0.1.0
 */
public record StoreTerms(int epochs, boolean deletable, boolean reuse) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public StoreTerms {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: got " + epochs + ", expected 1 or more");
    }
  }
}
