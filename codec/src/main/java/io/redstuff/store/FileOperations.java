package io.redstuff.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What is done to files; a test puts a disk that is full, or loses its power, in its place. */
@FunctionalInterface
interface FileOperations {
  /** The file system itself. */
  FileOperations FILE_SYSTEM = FileChannel::open;

  /** Opens a file for writing as {@link FileChannel#open(Path, OpenOption...)} does. */
  GatheringByteChannel open(Path file, OpenOption... options) throws IOException;

  /** Creates a directory, which must not exist. */
  default void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  /** Gives a file another name, at once and in place of a file that has it. */
  default void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a file or an empty directory, if it exists. */
  default void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  /** Begins to list what is in a directory, for a caller that closes it. */
  @SuppressWarnings("StreamResourceLeak")
  default DirectoryStream<Path> entries(Path directory) throws IOException {
    return Files.newDirectoryStream(directory);
  }

  /** Returns what is in a directory, in any order. */
  default List<Path> list(Path directory) throws NamedIoException {
    try (DirectoryStream<Path> entries = entries(directory)) {
      List<Path> all = new ArrayList<>();
      entries.forEach(all::add);
      return all;
    } catch (DirectoryIteratorException e) {
      throw new NamedIoException(directory.toString(), e.getCause());
    } catch (IOException e) {
      throw new NamedIoException(directory.toString(), e);
    }
  }

  /** Opens a file or a directory to force it to the device. */
  default FileChannel openToForce(Path path) throws IOException {
    // A directory cannot be opened for writing, and what is open for reading can be forced too.
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  /** Waits until the content of a file, or the names in a directory, are on the device. */
  default void force(Path path) throws IOException {
    try (FileChannel channel = openToForce(path)) {
      channel.force(true);
    }
  }
}
