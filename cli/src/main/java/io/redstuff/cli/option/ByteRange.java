package io.redstuff.cli.option;

import io.redstuff.cli.io.CommandException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Bytes of a blob, as in the ranges of HTTP: {@code A-B} with B included, {@code A-} to the end,
 * {@code -N} the last N.
 *
 * @param first the first byte, or none where the last ones are asked for
 * @param last the last byte or, without a first one, how many; none for all that follow
 */
public record ByteRange(OptionalLong first, OptionalLong last) {
  /** All bytes. */
  public static final ByteRange ALL = new ByteRange(OptionalLong.of(0), OptionalLong.empty());

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})?-([0-9]{1,18})?");

  /**
   * Returns where the range begins in a blob.
   *
   * @throws CommandException if that is after its end
   */
  public long from(long length) throws CommandException {
    if (first.isEmpty()) {
      return Math.max(0, length - last.getAsLong());
    }
    // Nothing follows the end of an empty blob, and to ask for all of it is no mistake.
    if (first.getAsLong() > 0 && first.getAsLong() >= length) {
      throw CommandException.usage(
          "--range: got byte %s, expected one of a blob of %s bytes"
              .formatted(first.getAsLong(), length));
    }
    return first.getAsLong();
  }

  /** Returns the byte after the last of the range in a blob; a range may go beyond that. */
  public long to(long length) {
    return first.isEmpty() || last.isEmpty() || last.getAsLong() >= length
        ? length
        : last.getAsLong() + 1;
  }

  static ByteRange parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches() && text.length() > 1) {
      OptionalLong first = number(matcher.group(1));
      OptionalLong last = number(matcher.group(2));
      if (first.isEmpty() || last.isEmpty() || first.getAsLong() <= last.getAsLong()) {
        return new ByteRange(first, last);
      }
    }
    throw new TypeConversionException(
        "got '" + text + "', expected bytes such as 0-1023, 4096- or -100");
  }

  private static OptionalLong number(String digits) {
    return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
  }
}
