package io.redstuff.chain;

import io.redstuff.error.MalformedDataException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of money of the network, in FROST: {@value #PER_WAL} of them are one WAL.
 *
 * @param value how many FROST, not negative; there are 5 * 10^18 at most
 * @since 0.1.0
 */
public record Frost(long value) implements Comparable<Frost> {

  /** How many FROST one WAL is. */
  public static final long PER_WAL = 1_000_000_000L;

  /** Nothing. */
  public static final Frost ZERO = new Frost(0);

  private static final int DECIMALS = 9;
  private static final Pattern TEXT =
      Pattern.compile("(0|[1-9][0-9]{0,18})(?:\\.([0-9]{1,9}))? ?(FROST|WAL)?");

  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Frost {
    if (value < 0) {
      throw new IllegalArgumentException("FROST: got " + value + ", expected at least 0");
    }
  }

  /**
   * Returns an amount.
   *
   * @param value how many FROST
   * @return the amount
   * @throws IllegalArgumentException if it is negative
   */
  public static Frost of(long value) {
    return new Frost(value);
  }

  /**
   * Reads an amount.
   *
   * @param text a whole number of FROST, {@code 12} or {@code 12 FROST}, or a decimal number of WAL
   *     with up to 9 digits behind the point, {@code 0.5 WAL}; the blank may be left out
   * @return the amount
   * @throws MalformedDataException if the text is anything else, or more than 2^63 - 1 FROST
   */
  public static Frost parse(String text) throws MalformedDataException {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      boolean isWal = "WAL".equals(matcher.group(3));
      if (isWal || matcher.group(2) == null) {
        String digits = matcher.group(2) == null ? "" : "." + matcher.group(2);
        BigDecimal number = new BigDecimal(matcher.group(1) + digits);
        BigInteger frost = number.movePointRight(isWal ? DECIMALS : 0).toBigIntegerExact();
        if (frost.bitLength() < Long.SIZE) {
          return new Frost(frost.longValueExact());
        }
      }
    }
    String shown = text.length() <= 40 ? text : text.substring(0, 40) + "...";
    throw new MalformedDataException(
        0, "amount: got '" + shown + "', expected FROST as in 12, or WAL as in 0.5WAL");
  }

  /**
   * Adds.
   *
   * @param other another amount
   * @return the sum
   * @throws AmountOverflowException if it does not fit 63 bits
   */
  public Frost plus(Frost other) {
    BigInteger sum = BigInteger.valueOf(value).add(BigInteger.valueOf(other.value));
    return of(sum, () -> value + " + " + other.value);
  }

  /**
   * Returns the product with {@code factors}, none of which is negative; {@link
   * AmountOverflowException} if it does not fit 63 bits.
   */
  Frost times(long... factors) {
    BigInteger product = BigInteger.valueOf(value);
    StringBuilder shown = new StringBuilder().append(value);
    for (long factor : factors) {
      product = product.multiply(BigInteger.valueOf(factor));
      shown.append(" * ").append(factor);
    }
    return of(product, shown::toString);
  }

  private static Frost of(BigInteger value, Supplier<String> origin) {
    if (value.bitLength() >= Long.SIZE) {
      throw new AmountOverflowException(
          "FROST: got " + origin.get() + " = " + value + ", expected at most " + Long.MAX_VALUE);
    }
    return new Frost(value.longValueExact());
  }

  /** {@return the number of WAL, with as many digits as it takes} */
  public BigDecimal toWal() {
    BigDecimal wal = BigDecimal.valueOf(value, DECIMALS).stripTrailingZeros();
    return wal.scale() < 0 ? wal.setScale(0) : wal;
  }

  @Override
  public int compareTo(Frost other) {
    return Long.compare(value, other.value);
  }

  /** {@return the number of FROST and its unit, {@code 12 FROST}} */
  @Override
  public String toString() {
    return value + " FROST";
  }
}
