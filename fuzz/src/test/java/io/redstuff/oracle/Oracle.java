package io.redstuff.oracle;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The official encoder for tests. Where it cannot be had they are skipped, and say so; they fail
 * instead if it is required: {@code -Dredstuff.oracle=required}, or {@code
 * REDSTUFF_ORACLE=required} in the environment.
 */
final class Oracle {
  private static final String REQUIRED = "required";

  private Oracle() {}

  static OfficialPackage orSkip() {
    return orSkip(() -> OfficialPackage.in(Path.of("oracle")));
  }

  static OfficialQuilts quiltsOrSkip() {
    return orSkip(() -> OfficialQuilts.in(Path.of("oracle")));
  }

  static OfficialNodeClient nodeClientOrSkip() {
    return orSkip(() -> OfficialNodeClient.in(Path.of("oracle")));
  }

  /** What has to be fetched. */
  private interface Fetched<T> {
    T get() throws IOException;
  }

  private static <T> T orSkip(Fetched<T> official) {
    try {
      return official.get();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static AssertionError unavailable(IOException reason) {
    String message = "official encoder not available: " + reason.getMessage();
    if (isRequired(System.getProperty("redstuff.oracle"), System.getenv("REDSTUFF_ORACLE"))) {
      return new AssertionError(message, reason);
    }
    System.err.println("skipped: " + message);
    return Assumptions.abort(message);
  }

  static boolean isRequired(String property, String environment) {
    return REQUIRED.equals(property != null ? property : environment);
  }
}
