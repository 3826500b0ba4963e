package io.redstuff.daemon.api;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some bytes of a blob.
 *
 * @param start of the first
 * @param length how many, 1 or more; {@code start + length} is not above 2^63 - 1
 */
public record ByteRange(long start, long length) {
  private static final String START = "start";
  private static final String LENGTH = "length";
  private static final String INVALID = "invalid byte range parameters: ";
  private static final Pattern BYTES = Pattern.compile("bytes=(\\d{1,20})-(\\d{1,20})");

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they are none of a range
   */
  public ByteRange {
    if (start < 0 || length < 1 || start > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException(
          "range: got %s bytes from %s on, expected 1 or more".formatted(length, start));
    }
  }

  /**
   * Reads the header {@code Range}: one range, of which both ends are given.
   *
   * @param header the header
   * @return the range
   * @throws RefusedException if it is anything else, as not satisfiable
   */
  public static ByteRange parseHeader(String header) throws RefusedException {
    Matcher matcher = BYTES.matcher(header.strip());
    if (!matcher.matches()) {
      throw unsatisfiable(
          "got '%s', expected one range with both ends, as in bytes=0-99"
              .formatted(QueryText.shown(header)));
    }
    Optional<ByteRange> range = between(matcher.group(1), matcher.group(2));
    if (range.isEmpty()) {
      throw unsatisfiable("got '%s', expected an end behind the start".formatted(header.strip()));
    }
    return range.get();
  }

  private static Optional<ByteRange> between(String first, String last) {
    try {
      long start = Long.parseLong(first);
      long end = Long.parseLong(last);
      return start <= end && end < Long.MAX_VALUE
          ? Optional.of(new ByteRange(start, end - start + 1))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // beyond what any blob has
    }
  }

  /**
   * Reads a query: {@code start} and {@code length}.
   *
   * @param query what stands after the {@code ?}, with its escapes; null for none
   * @return the range
   * @throws RefusedException if it says something else, or one is missing
   */
  public static ByteRange parseQuery(String query) throws RefusedException {
    QueryText text = QueryText.parse(query, Set.of(START, LENGTH));
    Optional<Long> start = text.number(START, Long.MAX_VALUE);
    Optional<Long> length = text.number(LENGTH, Long.MAX_VALUE);
    if (start.isEmpty() || length.isEmpty()) {
      throw RefusedException.malformed("query: expected start and length");
    }
    if (length.get() == 0) {
      throw invalid("length must be greater than 0");
    }
    if (start.get() > Long.MAX_VALUE - length.get()) {
      throw invalid("start + length overflows");
    }
    return new ByteRange(start.get(), length.get());
  }

  /** {@return the position of the last byte} */
  public long last() {
    return start + length - 1;
  }

  /**
   * {@return whether all of it lies within a blob}
   *
   * @param blobLength how many bytes that has
   */
  public boolean isWithin(long blobLength) {
    return length <= blobLength && start <= blobLength - length;
  }

  /**
   * Returns the answer where a header asks for what there is not.
   *
   * @param message what was got and what was expected
   * @return the exception
   */
  public static RefusedException unsatisfiable(String message) {
    return new RefusedException(
        ErrorStatus.RANGE_NOT_SATISFIABLE, ErrorReason.INVALID_BYTE_RANGE, INVALID + message);
  }

  /**
   * Returns the answer where a query asks for what there is not.
   *
   * @param message what was got and what was expected
   * @return the exception
   */
  public static RefusedException invalid(String message) {
    return new RefusedException(
        ErrorStatus.INVALID_ARGUMENT, ErrorReason.INVALID_BYTE_RANGE, INVALID + message);
  }
}
