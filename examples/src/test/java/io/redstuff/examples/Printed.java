package io.redstuff.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What an example prints. */
final class Printed {
  private Printed() {}

  /** The {@code main} of an example. */
  @FunctionalInterface
  interface Main {
    void run(String[] args) throws Exception;
  }

  /** Runs an example and returns its standard output; arguments may be paths or numbers. */
  static String by(Main main, Object... args) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      main.run(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
