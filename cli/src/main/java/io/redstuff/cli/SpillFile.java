package io.redstuff.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file for bytes that memory is too small for. Where the system allows it, it has lost
 * its name before the first byte is written, so that nothing remains however the process ends.
 */
final class SpillFile {

  private SpillFile() {}

  /** The directory that the system has for such files. */
  static Path systemDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** An empty file in {@code directory}, open for reading and writing, which ends with closing. */
  static FileChannel create(Path directory) throws CommandException {
    try {
      // Made this way, nobody else may read it.
      Path file = Files.createTempFile(directory, "redstuff-", ".blob");
      try {
        return FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
      } catch (IOException e) {
        AtomicFile.deleteAfter(e, file);
        throw e;
      }
    } catch (IOException e) {
      throw CommandException.io("temporary file in " + directory, e);
    }
  }
}
