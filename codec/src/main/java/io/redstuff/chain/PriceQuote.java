package io.redstuff.chain;

/**
 * What a blob costs.
 *
 * @param encodedLength the length of all that is stored for it, in bytes
 * @param units that length in units of 1 MiB, rounded up
 * @param storageCost what keeping it costs
 * @param writeFee what writing it costs
 * @since 0.1.0
 */
public record PriceQuote(long encodedLength, long units, Frost storageCost, Frost writeFee) {

  /**
   * Returns the whole cost.
   *
   * @return the sum of both parts
   * @throws AmountOverflowException if it does not fit 63 bits
   */
  public Frost total() {
    return storageCost.plus(writeFee);
  }
}
