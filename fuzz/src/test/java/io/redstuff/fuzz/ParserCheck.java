package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.redstuff.error.MalformedDataException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * What holds for every parser and any bytes. Either they are refused by a {@link
 * MalformedDataException} that names a place within them, or they are what is written again; what
 * was read does not change with the array it was read from; and no more is allocated than a small
 * multiple of them. Anything else that is thrown fails the test.
 */
public final class ParserCheck {
  /** What may be allocated besides: messages, and what links or compiles itself on the way. */
  private static final long SLACK_BYTES = 64 << 10;

  /** For each byte of the input. */
  public static final int FEW = 16;

  private static final int TRIES = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads an encoding. */
  @FunctionalInterface
  public interface Parser<T> {
    T parse(byte[] bytes) throws MalformedDataException;
  }

  private ParserCheck() {}

  /**
   * Reads {@code bytes} and checks all of it.
   *
   * @param bytesPerByte how many bytes may be allocated for each byte of the input
   * @return what was read, empty if it was refused
   */
  public static <T> Optional<T> check(
      byte[] bytes, Parser<T> parser, Function<T, byte[]> writer, int bytesPerByte) {
    checkAllocation(bytes, parser, bytesPerByte);
    byte[] copy = bytes.clone();
    Optional<T> parsed = parse(copy, parser);
    Arrays.fill(copy, (byte) 0xa5);
    parsed.ifPresent(
        value -> {
          byte[] written = writer.apply(value);
          assertArrayEquals(bytes, written, () -> "written as it was read: " + value);
          assertEquals(Optional.of(value), parse(written, parser), "read again");
        });
    return parsed;
  }

  private static <T> Optional<T> parse(byte[] bytes, Parser<T> parser) {
    try {
      return Optional.of(parser.parse(bytes));
    } catch (MalformedDataException e) {
      assertTrue(
          e.byteOffset() >= 0 && e.byteOffset() <= bytes.length,
          () -> "offset within the input: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Something may be linked or loaded the first time, so the least of a few runs counts. */
  private static void checkAllocation(byte[] bytes, Parser<?> parser, int bytesPerByte) {
    long allowed = SLACK_BYTES + (long) bytesPerByte * bytes.length;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > allowed; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Optional<?> parsed = parse(bytes, parser);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      least = Math.min(least, allocated);
      assertTrue(allocated >= 0, () -> "counted for " + parsed);
    }
    long taken = least;
    assertTrue(
        taken <= allowed,
        () -> "reading %s bytes allocated %s, allowed %s".formatted(bytes.length, taken, allowed));
  }
}
