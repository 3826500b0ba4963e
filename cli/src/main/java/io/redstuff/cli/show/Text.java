package io.redstuff.cli.show;

import java.nio.file.InvalidPathException;
import java.util.Locale;

/** Text for people that fits on one line, and reports in such lines. */
public final class Text {
  private static final String PREFIXES = "KMGT";

  private final StringBuilder lines = new StringBuilder();
  private final String format;

  /** A report without lines, whose values stand in one column after names of up to some width. */
  public Text(int nameWidth) {
    this.format = "%-" + nameWidth + "s %s%n";
  }

  /** Adds a line. */
  public Text line(String name, String value) {
    lines.append(String.format(Locale.ROOT, format, name, oneLine(value)));
    return this;
  }

  /** Returns all lines. */
  @Override
  public String toString() {
    return lines.toString();
  }

  /** Returns why a text is no file name; mostly it has characters that the locale does not know. */
  public static String reason(InvalidPathException e) {
    return "not a file name in this locale: " + lowerFirst(e.getReason());
  }

  /** Returns {@code text} with every control character, line ends among them, as an escape. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : c);
      }
    }
    return line.toString();
  }

  /** Returns {@code text} as it reads after a colon; an acronym at its start stays as it is. */
  public static String lowerFirst(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }

  /** Returns {@code bytes} with, from 1 KiB on, a rounded power of 1024 beside it. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    int power = Math.min((63 - Long.numberOfLeadingZeros(bytes)) / 10, PREFIXES.length());
    double scaled = bytes / Math.pow(1024, power);
    return String.format(
        Locale.ROOT, "%d bytes (%.1f %siB)", bytes, scaled, PREFIXES.charAt(power - 1));
  }

  /** Returns a number of slivers. */
  static String slivers(long count) {
    return count + (count == 1 ? " sliver" : " slivers");
  }
}
