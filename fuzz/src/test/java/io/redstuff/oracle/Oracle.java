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
    try {
      return OfficialPackage.in(Path.of("oracle"));
    } catch (IOException e) {
      return unavailable(e);
    }
  }

  private static OfficialPackage unavailable(IOException reason) {
    String message = "official encoder not available: " + reason.getMessage();
    if (isRequired(System.getProperty("redstuff.oracle"), System.getenv("REDSTUFF_ORACLE"))) {
      throw new AssertionError(message, reason);
    }
    System.err.println("skipped: " + message);
    return Assumptions.abort(message);
  }

  static boolean isRequired(String property, String environment) {
    return REQUIRED.equals(property != null ? property : environment);
  }
}
