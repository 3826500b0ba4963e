package io.redstuff.bench.peer;

import org.junit.jupiter.api.Assumptions;

/** Skips tests that need a native library, and says so where it is seen. */
final class Installed {
  private Installed() {}

  static void orSkip(NativeLibrary library) {
    library
        .missing()
        .ifPresent(
            reason -> {
              System.err.println("skipped: " + reason);
              Assumptions.abort(reason);
            });
  }
}
