package io.redstuff.junit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A new directory for a network.
 *
 * @param path where it is
 */
record ScratchDirectory(Path path) {
  private static final String PREFIX = "walrus-network-";

  /** Makes one, below a directory or where Java has its temporary files. */
  static ScratchDirectory create(Optional<Path> below) throws IOException {
    return new ScratchDirectory(
        below.isPresent()
            ? Files.createTempDirectory(Files.createDirectories(below.get()), PREFIX)
            : Files.createTempDirectory(PREFIX));
  }

  /** Deletes it with all that is in it; links are deleted and not followed. */
  void delete() throws IOException {
    Files.walkFileTree(path, new Deleting());
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
