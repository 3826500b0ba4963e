package io.redstuff.cli.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * How sure one wants to be, named by the probability of being wrong: {@code 2^-40}, {@code 10^-12}.
 *
 * @param base 2 or 10
 * @param power the number after the minus, from 1 to 999
 */
public record Confidence(int base, int power) {
  private static final Pattern FORM = Pattern.compile("(2|10)\\^-([1-9][0-9]{0,2})");

  static Confidence parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "got '" + text + "', expected a probability of being wrong such as 2^-40 or 10^-12");
    }
    return new Confidence(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Returns k, where 2^-k is the probability. */
  public double bits() {
    return base == 2 ? power : power * (Math.log(10) / Math.log(2));
  }

  @Override
  public String toString() {
    return base + "^-" + power;
  }
}
