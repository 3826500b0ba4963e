package io.redstuff.cli.option;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A part of a whole, as people write it: {@code 1%}, {@code 0.5%}, {@code 0.01}. A number without a
 * percent sign has to begin with a zero: who writes {@code 1} may mean either.
 *
 * @param value the part, above 0 and up to 1
 */
public record Fraction(double value) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,15})?) ?%|(0\\.[0-9]{1,15})");

  static Fraction parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      double value =
          matcher.group(2) == null
              ? new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue()
              : Double.parseDouble(matcher.group(2));
      if (value > 0 && value <= 1) {
        return new Fraction(value);
      }
    }
    throw new TypeConversionException(
        "got '" + text + "', expected a part above 0 and up to 100%, such as 1%, 0.5% or 0.01");
  }

  /** Returns the part in percent. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(value).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
