package io.redstuff.client.api;

import io.redstuff.Axis;
import io.redstuff.error.MalformedDataException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Values in paths and queries. */
final class ApiText {
  /** No sign, no leading zeros: a number has one text. */
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private static final int SHOWN = 20;

  private ApiText() {}

  /** Reads an unsigned number of 16 bits. */
  static int u16(String what, String text) throws MalformedDataException {
    return (int) number(what, text, 0xffff);
  }

  /** Reads a whole number. */
  static long number(String what, String text, long most) throws MalformedDataException {
    if (NUMBER.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (value <= most) {
        return value;
      }
    }
    throw wrong(what, text, "a number from 0 to " + most);
  }

  /** Reads the kind of a sliver. */
  static Axis axis(String what, String text) throws MalformedDataException {
    return Arrays.stream(Axis.values())
        .filter(axis -> axis.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(what, text, "primary or secondary"));
  }

  /** Reads a truth value. */
  static boolean bool(String what, String text) throws MalformedDataException {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(what, text, "true or false");
    };
  }

  static MalformedDataException wrong(String what, String text, String expected) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return new MalformedDataException(
        0, "%s: got '%s', expected %s".formatted(what, shown, expected));
  }
}
