package io.redstuff.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that goes when it is closed. Where the system allows it, its name goes at once, so that
 * nothing remains however the process ends.
 */
final class TemporaryFile implements AutoCloseable {
  private final FileChannel channel;

  private TemporaryFile(FileChannel channel) {
    this.channel = channel;
  }

  static TemporaryFile in(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, ".redstuff-", ".spill");
    try {
      return new TemporaryFile(
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
