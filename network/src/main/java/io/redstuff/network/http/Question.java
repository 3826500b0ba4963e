package io.redstuff.network.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What somebody asks of a server. */
public final class Question {
  private final String method;
  private final List<String> path;
  private final Map<String, String> query;
  private final Optional<String> token;
  private final byte[] body;

  /**
   * Puts a question together: decoded segments of the path, the last value of each parameter, what
   * the caller shows that it may ask, and the whole body, which is not copied.
   */
  Question(
      String method,
      List<String> path,
      Map<String, String> query,
      Optional<String> token,
      byte[] body) {
    this.method = Objects.requireNonNull(method, "method");
    this.path = List.copyOf(path);
    this.query = Map.copyOf(query);
    this.token = Objects.requireNonNull(token, "token");
    this.body = Objects.requireNonNull(body, "body");
  }

  /** {@return {@code GET}, {@code POST} and the like} */
  public String method() {
    return method;
  }

  /** {@return the decoded segments of the path} */
  public List<String> path() {
    return path;
  }

  /** {@return whether there is a parameter} */
  public boolean has(String parameter) {
    return query.containsKey(parameter);
  }

  /** {@return what the caller shows that it may ask, if it does} */
  public Optional<String> token() {
    return token;
  }

  /** {@return the whole body, not a copy; empty if there is none} */
  public byte[] body() {
    return body;
  }

  /**
   * Returns a parameter that is a number.
   *
   * @throws BadQuestionException if it is none from 0 to {@code most}
   */
  public long number(String name, long otherwise, long most) throws BadQuestionException {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new BadQuestionException(
        "%s: got '%s', expected a number from 0 to %s".formatted(name, shown(text), most));
  }

  /** Returns a text in a form that is short enough for a message. */
  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /** {@return whether the method and the path are these; {@code *} stands for any segment} */
  public boolean is(String wantedMethod, String... wanted) {
    if (!method.equals(wantedMethod) || path.size() != wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
