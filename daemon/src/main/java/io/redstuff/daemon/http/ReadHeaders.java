package io.redstuff.daemon.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Headers of what was read: for caches, for browsers, and what was noted of it. */
final class ReadHeaders {
  private static final String CACHE = "public, max-age=86400, stale-while-revalidate=3600";
  private static final String IDENTIFIER = "X-Quilt-Patch-Identifier";
  private static final String OCTETS = "application/octet-stream";

  /** A token of HTTP. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** What is visible, and blanks between. */
  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?");

  /** What would say something about the connection and not about the bytes. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "content-range",
          "date",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final boolean hasAllTags;

  ReadHeaders(Set<String> allowed, boolean hasAllTags) {
    this.allowed.addAll(allowed);
    this.hasAllTags = hasAllTags;
  }

  /** Returns whether who asks has the bytes of this tag. */
  boolean isKnown(Request request, String tag) {
    return request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
        .map(
            one ->
                one.length() > 1 && one.startsWith("\"") && one.endsWith("\"")
                    ? one.substring(1, one.length() - 1)
                    : one)
        .anyMatch(one -> one.equals(tag) || one.equals("*"));
  }

  /** Puts what all reads have; says that nothing has changed where that is so. */
  Answer put(Request request, String tag, Answer answer) throws IOException {
    answer.header("Cache-Control", CACHE).header("ETag", tag);
    // What strangers have stored must not act as a page of this origin.
    answer.header("Content-Security-Policy", "sandbox");
    answer.header("Content-Type", contentType(request));
    return isKnown(request, tag) ? answer.notModified() : answer;
  }

  /** The type is what who asks would like it to be: nothing is known of the bytes. */
  private static String contentType(Request request) {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    if (accept != null && !accept.contains("*") && VALUE.matcher(accept).matches()) {
      return accept;
    }
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    boolean isGet = request.getMethod().equals("GET");
    return isGet && type != null && VALUE.matcher(type).matches() ? type : OCTETS;
  }

  /** Puts the attributes of a blob object that are allowed. */
  Answer putAllowed(Map<String, String> attributes, Answer answer) {
    attributes.forEach(
        (name, value) -> {
          if (allowed.contains(name)) {
            putNoted(name, value, answer);
          }
        });
    return answer;
  }

  /** Puts the tags of a file of a quilt: all, or those that are allowed. */
  Answer putTags(Map<String, String> tags, Answer answer) {
    if (!hasAllTags) {
      return putAllowed(tags, answer);
    }
    tags.forEach((name, value) -> putNoted(name, value, answer));
    return answer;
  }

  /** Puts the name of a file, if it can stand in a header. */
  Answer putIdentifier(String identifier, Answer answer) {
    return VALUE.matcher(identifier).matches() ? answer.header(IDENTIFIER, identifier) : answer;
  }

  private static void putNoted(String name, String value, Answer answer) {
    if (NAME.matcher(name).matches()
        && VALUE.matcher(value).matches()
        && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))
        && !answer.hasHeader(name)) {
      answer.header(name, value);
    }
  }
}
