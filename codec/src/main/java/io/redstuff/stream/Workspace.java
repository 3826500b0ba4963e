package io.redstuff.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What work on a blob may take beside source and result.
 *
 * @param memoryBudget bytes of native memory; what the JVM takes for itself, and a heap of a few
 *     MiB, come on top
 * @param spillDirectory for temporary files, which have no names while they are in use where the
 *     system allows that; empty to use none and read the source more often, or be refused what
 *     needs one. Encoding takes up to half the blob, and the whole blob on top of that if it comes
 *     as a stream. Repair takes up to the whole blob, the search for an inconsistency up to half as
 *     much again, both with the zeros that fill the last rows
 * @since 0.1.0
 */
public record Workspace(long memoryBudget, Optional<Path> spillDirectory) {
  private static final String TEMPORARY_PREFIX = ".redstuff-";
  private static final String TEMPORARY_SUFFIX = ".spill";

  /**
   * Checks the budget.
   *
   * @param memoryBudget bytes of native memory
   * @param spillDirectory for a temporary file, or empty
   * @throws IllegalArgumentException if the budget is not positive
   */
  public Workspace {
    if (memoryBudget <= 0) {
      throw new IllegalArgumentException(
          "memory budget: got %s bytes, expected more than 0".formatted(memoryBudget));
    }
  }

  /**
   * {@return a workspace of memory alone, without temporary files}
   *
   * @param memoryBudget bytes of native memory
   * @throws IllegalArgumentException if the budget is not positive
   */
  public static Workspace ofMemory(long memoryBudget) {
    return new Workspace(memoryBudget, Optional.empty());
  }

  /**
   * {@return the same memory, and a place for a temporary file}
   *
   * @param directory an existing directory
   */
  public Workspace spillingTo(Path directory) {
    return new Workspace(memoryBudget, Optional.of(directory));
  }

  /**
   * Makes a temporary file, which nobody else may read and which ends when it is closed. Where the
   * system allows it, its name goes at once, so that nothing remains however the process ends.
   *
   * @param directory an existing directory
   * @return an empty file, open for reading and writing
   * @throws IOException if it cannot be made
   */
  public static FileChannel temporaryFile(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, TEMPORARY_PREFIX, TEMPORARY_SUFFIX);
    try {
      return FileChannel.open(
          file,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Tells whether a file is one that {@link #temporaryFile} makes. It keeps its name for a moment,
   * or as long as it is open where the system wants that.
   *
   * @param file any file
   * @return whether it has such a name
   */
  public static boolean isTemporaryFile(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(TEMPORARY_PREFIX) && name.endsWith(TEMPORARY_SUFFIX);
  }
}
