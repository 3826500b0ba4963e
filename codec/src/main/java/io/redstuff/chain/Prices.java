package io.redstuff.chain;

import io.redstuff.EncodingParameters;
import java.util.Objects;

/**
 * What the network asks for, which stands in the chain's System object and changes by votes of the
 * nodes. Storage is counted in units of {@value #UNIT_BYTES} encoded bytes, of which a call rounds
 * up once.
 *
 * @param storagePerUnit for keeping one unit for one epoch
 * @param writePerUnit for writing one unit, once
 * @since 0.1.0
 */
public record Prices(Frost storagePerUnit, Frost writePerUnit) {

  /** The bytes of a unit: 1 MiB. */
  public static final long UNIT_BYTES = 1 << 20;

  /**
   * Makes a list of prices.
   *
   * @throws NullPointerException if one is null
   */
  public Prices {
    Objects.requireNonNull(storagePerUnit, "storagePerUnit");
    Objects.requireNonNull(writePerUnit, "writePerUnit");
  }

  /**
   * Returns how many units some bytes take.
   *
   * @param encodedLength how many encoded bytes
   * @return the number of units, rounded up
   * @throws IllegalArgumentException if {@code encodedLength} is negative
   */
  public static long storageUnits(long encodedLength) {
    return Math.ceilDiv(notNegative("encoded length", encodedLength), UNIT_BYTES);
  }

  /**
   * Returns what keeping costs: for a new storage resource, and for extending one as well.
   *
   * @param storageSize the size of the storage in encoded bytes
   * @param epochs for how many epochs, or how many more
   * @return units times price times epochs
   * @throws AmountOverflowException if that does not fit 63 bits
   * @throws IllegalArgumentException if a number is negative
   */
  public Frost storageCost(long storageSize, long epochs) {
    return storagePerUnit.times(storageUnits(storageSize), notNegative("epochs", epochs));
  }

  /**
   * Returns what writing costs, which is paid when a blob is registered.
   *
   * @param encodedLength the encoded length of the blob in bytes; not that of its storage, which
   *     may be larger
   * @return units times price
   * @throws AmountOverflowException if that does not fit 63 bits
   * @throws IllegalArgumentException if {@code encodedLength} is negative
   */
  public Frost writeFee(long encodedLength) {
    return writePerUnit.times(storageUnits(encodedLength));
  }

  /**
   * Returns what a blob costs in storage of just its size.
   *
   * @param parameters the number of shards
   * @param blobLength the length of the blob in bytes
   * @param epochs for how many epochs
   * @return the parts and the whole
   * @throws AmountOverflowException if an amount does not fit 63 bits
   * @throws IllegalArgumentException if {@code epochs} is negative, or the blob longer than the
   *     shards can hold
   */
  public PriceQuote quote(EncodingParameters parameters, long blobLength, long epochs) {
    long encoded = parameters.encodedLength(blobLength);
    return new PriceQuote(
        encoded, storageUnits(encoded), storageCost(encoded, epochs), writeFee(encoded));
  }

  private static long notNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + ": got " + value + ", expected at least 0");
    }
    return value;
  }
}
