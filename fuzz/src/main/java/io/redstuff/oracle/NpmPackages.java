package io.redstuff.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Packages of npm, as the lock file of a directory names them. */
final class NpmPackages {
  private static final int FETCH_SECONDS = 120;

  private NpmPackages() {}

  /**
   * Has npm install the packages if a file of theirs is not there.
   *
   * @throws IOException if they cannot be had, with the reason
   */
  static void install(Path directory, Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "ci", "--no-fund", "--no-audit", "--prefix", ".")
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new IOException("not in " + directory + ", and npm cannot be run", e);
    }
    try {
      npm.getOutputStream().close();
      if (!npm.waitFor(FETCH_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("npm ci did not end within " + FETCH_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while npm ci was running", e);
    } finally {
      npm.destroy();
    }
    if (npm.exitValue() != 0 || !Files.exists(file)) {
      throw new IOException(
          "npm ci --prefix " + directory + " ended with exit code " + npm.exitValue());
    }
  }
}
