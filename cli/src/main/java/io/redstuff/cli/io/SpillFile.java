package io.redstuff.cli.io;

import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file for bytes that memory is too small for. Where the system allows it, it has lost
 * its name before the first byte is written, so that nothing remains however the process ends.
 */
public final class SpillFile {
  private SpillFile() {}

  /** Returns the directory that the system has for such files. */
  public static Path systemDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Returns an empty file in {@code directory}, open for both, which ends with closing. */
  static FileChannel create(Path directory) throws NamedIoException {
    try {
      // Made this way, nobody else may read it.
      Path file = Files.createTempFile(directory, "redstuff-", ".blob");
      return FileChannel.open(
          file,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new NamedIoException("temporary file in " + directory, e);
    }
  }

  /** Writes bytes at the end of a file in {@code directory}. */
  static void write(FileChannel file, ByteBuffer bytes, Path directory) throws NamedIoException {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new NamedIoException("temporary file in " + directory, e);
    }
  }
}
