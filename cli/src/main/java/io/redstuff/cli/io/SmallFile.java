package io.redstuff.cli.io;

import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that are small if they are what they should be. */
public final class SmallFile {
  private SmallFile() {}

  /** Returns all bytes of a file, or one more than {@code most} if it is longer. */
  public static byte[] read(Path file, int most) throws NamedIoException {
    // A device or a pipe says that it is empty, and may have no end.
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(most + 1);
    } catch (IOException e) {
      throw new NamedIoException(file.toString(), e);
    }
  }
}
