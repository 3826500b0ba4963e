package io.redstuff.cli.option;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes as people write it: {@code 1_000_000}, {@code 64M}, {@code 1.5GiB}. {@code K},
 * {@code KiB} and so on are powers of 1024, {@code KB} and so on are powers of 1000, in any case of
 * letters.
 *
 * @param bytes the number
 */
public record ByteSize(long bytes) {
  private static final Pattern FORM =
      Pattern.compile("([0-9][0-9_]*(?:\\.[0-9]+)?) ?(|[KMGT]|[KMGT]i|[KMGT]i?B|B)", 2);

  private static final Map<Character, Integer> POWERS = Map.of('K', 1, 'M', 2, 'G', 3, 'T', 4);

  /**
   * Returns the size that {@code text} stands for.
   *
   * @throws TypeConversionException if it is not a size, or not a whole number of bytes
   */
  static ByteSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "got '" + text + "', expected a size such as 1000000, 64M, 10MiB or 1.5GB");
    }
    BigDecimal number = new BigDecimal(matcher.group(1).replace("_", ""));
    String unit = matcher.group(2).toUpperCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : POWERS.getOrDefault(unit.charAt(0), 0);
    boolean decimal = unit.length() == 2 && unit.endsWith("B");
    try {
      return new ByteSize(
          number.multiply(BigDecimal.valueOf(decimal ? 1000 : 1024).pow(power)).longValueExact());
    } catch (ArithmeticException e) {
      throw new TypeConversionException(
          "got '" + text + "', expected a whole number of bytes up to " + Long.MAX_VALUE);
    }
  }
}
