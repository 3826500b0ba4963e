package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The query of a request: names, each with one value or several. Immutable.
 *
 * @since 0.1.0
 */
public final class QueryParameters {
  private static final String PENDING = "pending";
  private static final String WAIT = "wait_for_registration";
  private static final String WAIT_MILLIS = "wait_millis";
  private static final String DETAILED = "detailed";

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads a query.
   *
   * @param query what stands after the {@code ?}, with its escapes; null for none
   * @return its parameters
   * @throws MalformedDataException if an escape is none
   */
  public static QueryParameters parse(String query) throws MalformedDataException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    return new QueryParameters(values);
  }

  private static String decode(String text) throws MalformedDataException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(0, "query: not decodable: " + e.getMessage());
    }
  }

  /** {@return the names of all parameters, each once} */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /**
   * Returns the values of a parameter.
   *
   * @param name its name
   * @return the values, in order; none if it is not there
   */
  public List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /**
   * Returns the value of a parameter that may come once.
   *
   * @param name its name
   * @return the value, if it is there
   * @throws MalformedDataException if there are several
   */
  public Optional<String> one(String name) throws MalformedDataException {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new MalformedDataException(
          0, "query: got %s %s times, expected once".formatted(name, all.size()));
    }
    return all.stream().findFirst();
  }

  private boolean flag(String name) throws MalformedDataException {
    Optional<String> value = one(name);
    return value.isPresent() && ApiText.bool(name, value.get());
  }

  /**
   * {@return whether what is sent should be buffered until the blob is registered}
   *
   * @throws MalformedDataException if that is neither true nor false
   */
  public boolean isPending() throws MalformedDataException {
    return flag(PENDING);
  }

  /**
   * {@return whether more than a summary of a node's health is asked for}
   *
   * @throws MalformedDataException if that is neither true nor false
   */
  public boolean isDetailed() throws MalformedDataException {
    return flag(DETAILED);
  }

  /**
   * {@return how long an answer may wait for the registration of the blob, in milliseconds; {@link
   * Long#MAX_VALUE} for as long as the node likes, nothing if it should not wait}
   *
   * @throws MalformedDataException if that is no number
   */
  public OptionalLong registrationWait() throws MalformedDataException {
    boolean waits = flag(WAIT);
    Optional<String> millis = one(WAIT_MILLIS);
    long most =
        millis.isPresent()
            ? ApiText.number(WAIT_MILLIS, millis.get(), Long.MAX_VALUE)
            : Long.MAX_VALUE;
    return waits ? OptionalLong.of(most) : OptionalLong.empty();
  }

  /** {@return the query that asks a node to buffer what is sent} */
  public static String pending() {
    return PENDING + "=true";
  }

  /** {@return the query for all of a node's health} */
  public static String detailed() {
    return DETAILED + "=true";
  }

  /**
   * {@return the query that has an answer wait for the registration of the blob}
   *
   * @param millis how long at most, in milliseconds; the node may wait less
   */
  public static String waitingForRegistration(long millis) {
    return "%s=true&%s=%s".formatted(WAIT, WAIT_MILLIS, millis);
  }
}
