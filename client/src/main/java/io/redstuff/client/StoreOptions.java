package io.redstuff.client;

/**
 * How a blob is stored.
 *
 * @param epochs how many epochs to pay for, the current one counted
 * @param deletable whether it may be deleted before
 * @since 0.1.0
 */
public record StoreOptions(int epochs, boolean deletable) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public StoreOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: got " + epochs + ", expected 1 or more");
    }
  }
}
