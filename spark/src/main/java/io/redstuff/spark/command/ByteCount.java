package io.redstuff.spark.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes, as in {@code 1000000}, {@code 64M} or {@code 2G}; the letters are powers of
 * 1024.
 *
 * @param bytes the number, 1 or more
 */
record ByteCount(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([KMGT]?)", 2);

  static ByteCount parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "got '" + text + "', expected a number of bytes such as 1000000, 64M or 2G");
    }
    int power = 1 + "KMGT".indexOf(matcher.group(2).toUpperCase(Locale.ROOT));
    long unit = matcher.group(2).isEmpty() ? 1 : 1L << (10 * power);
    try {
      long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
      if (bytes == 0) {
        throw new TypeConversionException("got '" + text + "', expected 1 or more");
      }
      return new ByteCount(bytes);
    } catch (ArithmeticException e) {
      throw new TypeConversionException(
          "got '" + text + "', expected no more than " + Long.MAX_VALUE + " bytes");
    }
  }
}
