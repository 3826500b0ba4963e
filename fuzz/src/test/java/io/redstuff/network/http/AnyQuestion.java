package io.redstuff.network.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions that nobody has put. */
public final class AnyQuestion {
  private AnyQuestion() {}

  /**
   * Reads a question from a text such as {@code GET v1/events from=1 most=2}: words with a blank
   * between them.
   */
  public static Question parse(byte[] text) {
    String[] words = new String(text, ISO_8859_1).split(" ", -1);
    String method = words[0];
    List<String> path = words.length < 2 ? List.of() : List.of(words[1].split("/", -1));
    Map<String, String> query = new HashMap<>();
    for (String word : Arrays.asList(words).subList(Math.min(2, words.length), words.length)) {
      int equals = word.indexOf('=');
      query.put(word.substring(0, Math.max(equals, 0)), word.substring(equals + 1));
    }
    return new Question(method, path, query, Optional.empty(), new byte[0]);
  }

  /** Sends a body. */
  public static Question post(List<String> path, byte[] body) {
    return new Question("POST", path, Map.of(), Optional.empty(), body);
  }

  /** Returns the body of an answer. */
  public static byte[] body(Answer answer) {
    return answer.body();
  }

  /** Returns the status of an answer. */
  public static int status(Answer answer) {
    return answer.status();
  }
}
