package io.redstuff.stream;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What work on a blob may take beside source and result.
 *
 * @param memoryBudget bytes of native memory; what the JVM takes for itself, and a heap of a few
 *     MiB, come on top
 * @param spillDirectory for a temporary file of up to half the blob, which has no name while it is
 *     in use where the system allows that; empty to use none and read the source more often
 */
public record Workspace(long memoryBudget, Optional<Path> spillDirectory) {
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
          "memory budget: got %d bytes, expected more than 0".formatted(memoryBudget));
    }
  }

  /**
   * Memory alone.
   *
   * @param memoryBudget bytes of native memory
   * @return a workspace without temporary files
   * @throws IllegalArgumentException if the budget is not positive
   */
  public static Workspace ofMemory(long memoryBudget) {
    return new Workspace(memoryBudget, Optional.empty());
  }

  /**
   * The same memory, and a place for a temporary file.
   *
   * @param directory an existing directory
   * @return the workspace
   */
  public Workspace spillingTo(Path directory) {
    return new Workspace(memoryBudget, Optional.of(directory));
  }
}
