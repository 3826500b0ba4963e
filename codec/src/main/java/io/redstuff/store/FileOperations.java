package io.redstuff.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What is done to files; a test puts a disk that is full, or loses its power, in its place. */
@FunctionalInterface
public interface FileOperations {
  /** The file system itself. */
  FileOperations FILE_SYSTEM = FileChannel::open;

  /**
   * Opens a file as {@link FileChannel#open(Path, OpenOption...)} does.
   *
   * @param file the file
   * @param options how
   * @return the file, open for writing
   * @throws IOException if that fails
   */
  GatheringByteChannel open(Path file, OpenOption... options) throws IOException;

  /**
   * Creates a directory, which must not exist.
   *
   * @param directory the directory
   * @throws IOException if that fails
   */
  default void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  /**
   * Gives a file another name, at once and in place of a file that has it.
   *
   * @param from the name so far
   * @param to the new name, in the same directory
   * @throws IOException if that fails; all is as before then
   */
  default void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Deletes a file or an empty directory, if it exists.
   *
   * @param path what to delete
   * @throws IOException if that fails
   */
  default void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  /**
   * Waits until what was written to a file, or the names in a directory, have come to the device.
   *
   * @param path a file or a directory
   * @throws IOException if that fails
   */
  default void force(Path path) throws IOException {
    // A directory cannot be opened for writing, and what is open for reading can be forced too.
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
