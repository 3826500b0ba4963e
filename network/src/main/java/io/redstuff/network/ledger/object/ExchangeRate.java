package io.redstuff.network.ledger.object;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.math.BigInteger;

/**
 * What a share of a staking pool is worth in an epoch. Where one of the two numbers is 0, nobody
 * has shares, and one is worth a FROST.
 *
 * @param frost how many FROST the pool had, not negative
 * @param shares how many shares there were, not negative
 * @since 0.1.0
 */
public record ExchangeRate(long frost, long shares) {
  /** One FROST for a share. */
  public static final ExchangeRate FLAT = new ExchangeRate(0, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ExchangeRate {
    if (frost < 0 || shares < 0) {
      throw new IllegalArgumentException(
          "exchange rate: got %s FROST for %s shares, expected at least 0"
              .formatted(frost, shares));
    }
  }

  /**
   * Returns how many FROST some shares are worth.
   *
   * @param count the shares
   * @return FROST, rounded down
   * @throws ArithmeticException if that does not fit 63 bits
   */
  public long toFrost(long count) {
    return isFlat() ? count : scale(count, frost, shares);
  }

  /**
   * Returns how many shares some FROST are worth.
   *
   * @param amount the FROST
   * @return shares, rounded down
   * @throws ArithmeticException if that does not fit 63 bits
   */
  public long toShares(long amount) {
    return isFlat() ? amount : scale(amount, shares, frost);
  }

  private boolean isFlat() {
    return frost == 0 || shares == 0;
  }

  private static long scale(long value, long factor, long divisor) {
    return BigInteger.valueOf(value)
        .multiply(BigInteger.valueOf(factor))
        .divide(BigInteger.valueOf(divisor))
        .longValueExact();
  }

  static ExchangeRate read(BcsReader in) throws MalformedDataException {
    return new ExchangeRate(in.u63("FROST"), in.u63("shares"));
  }

  void write(BcsWriter out) {
    out.u64(frost).u64(shares);
  }
}
