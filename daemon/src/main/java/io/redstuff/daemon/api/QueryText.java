package io.redstuff.daemon.api;

import io.redstuff.client.api.QueryParameters;
import io.redstuff.error.MalformedDataException;
import java.util.Optional;
import java.util.Set;

/** The query of a request, of which all names are known and none comes twice. */
final class QueryText {
  private static final int MOST_SHOWN = 60;

  private final QueryParameters parameters;

  private QueryText(QueryParameters parameters) {
    this.parameters = parameters;
  }

  /** Reads what stands after the question mark; null for nothing. */
  static QueryText parse(String query, Set<String> known) throws RefusedException {
    try {
      QueryParameters parameters = QueryParameters.parse(query);
      for (String name : parameters.names()) {
        if (!known.contains(name)) {
          throw RefusedException.malformed(
              "query: got parameter '%s', expected one of %s".formatted(shown(name), known));
        }
        parameters.one(name);
      }
      return new QueryText(parameters);
    } catch (MalformedDataException e) {
      throw RefusedException.malformed(e.getMessage());
    }
  }

  static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  Optional<String> text(String name) {
    return parameters.all(name).stream().findFirst();
  }

  boolean flag(String name) throws RefusedException {
    String value = text(name).orElse("false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, value, "true or false");
    };
  }

  /** Returns a number of digits alone, at most so large. */
  Optional<Long> number(String name, long most) throws RefusedException {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(number(name, value.get(), most));
  }

  private static long number(String name, String value, long most) throws RefusedException {
    try {
      if (value.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
        long number = Long.parseLong(value);
        if (number <= most) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a number from 0 to " + most);
    }
    throw wrong(name, value, "a number from 0 to " + most);
  }

  static RefusedException wrong(String name, String value, String expected) {
    return RefusedException.malformed(
        "%s: got '%s', expected %s".formatted(name, shown(value), expected));
  }
}
