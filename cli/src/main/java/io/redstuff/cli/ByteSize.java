package io.redstuff.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as people write it: {@code 1_000_000}, {@code 64M}, {@code 1.5GiB}. */
final class ByteSize implements ITypeConverter<Long> {

  private static final Pattern FORM =
      Pattern.compile("([0-9][0-9_]*(?:\\.[0-9]+)?) ?(|[KMGT]|[KMGT]i|[KMGT]i?B|B)", 2);

  private static final Map<Character, Integer> POWERS = Map.of('K', 1, 'M', 2, 'G', 3, 'T', 4);

  private static final String PREFIXES = "KMGT";

  ByteSize() {}

  @Override
  public Long convert(String text) {
    return parse(text);
  }

  /**
   * The number of bytes that {@code text} stands for. {@code K}, {@code KiB} and so on are powers
   * of 1024, {@code KB} and so on are powers of 1000, in any case of letters.
   *
   * @throws TypeConversionException if it is not a size, or not a whole number of bytes
   */
  static long parse(String text) {
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
      return number.multiply(BigDecimal.valueOf(decimal ? 1000 : 1024).pow(power)).longValueExact();
    } catch (ArithmeticException e) {
      throw new TypeConversionException(
          "got '" + text + "', expected a whole number of bytes up to " + Long.MAX_VALUE);
    }
  }

  /** {@code bytes} with, from 1 KiB on, a rounded power of 1024 beside it. */
  static String describe(long bytes) {
    if (bytes < 1024) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    int power = Math.min((63 - Long.numberOfLeadingZeros(bytes)) / 10, PREFIXES.length());
    double scaled = bytes / Math.pow(1024, power);
    return String.format(
        Locale.ROOT, "%d bytes (%.1f %siB)", bytes, scaled, PREFIXES.charAt(power - 1));
  }
}
