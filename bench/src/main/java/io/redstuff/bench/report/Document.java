package io.redstuff.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with places for what is generated, between {@code <!-- table:NAME -->} and {@code <!-- end
 * -->}. The text around them is left as it is.
 */
final class Document {
  private static final String END = "<!-- end -->";
  private static final Pattern PLACE = Pattern.compile("<!-- table:([a-z0-9-]+) -->\\R");

  private String text;

  /**
   * Wraps a page.
   *
   * @param text the page
   * @throws IllegalArgumentException if a place has no end
   */
  Document(String text) {
    this.text = text;
    places().forEach(this::place);
  }

  /** The names of the places, in order. */
  List<String> places() {
    List<String> names = new ArrayList<>();
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /**
   * Fills a place anew.
   *
   * @param name its name
   * @param content what shall stand there, in whole lines
   * @throws IllegalArgumentException if there is no such place
   */
  void fill(String name, String content) {
    Place place = place(name);
    text = text.substring(0, place.start) + content + text.substring(place.end);
  }

  /** The page. */
  @Override
  public String toString() {
    return text;
  }

  private Place place(String name) {
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        int start = matcher.end();
        int end = text.indexOf(END, start);
        boolean another = matcher.find();
        if (end < 0 || (another && matcher.start() < end)) {
          throw new IllegalArgumentException("<!-- table:" + name + " --> has no " + END);
        }
        return new Place(start, end);
      }
    }
    throw new IllegalArgumentException(
        "the page has no place <!-- table:" + name + " -->; it has " + places());
  }

  private record Place(int start, int end) {}
}
