package io.redstuff.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files whose content cannot be long if it is what it should be. */
final class SmallFile {

  private SmallFile() {}

  /**
   * All bytes of {@code file}.
   *
   * @throws CommandException with {@link ExitCode#USAGE} if it cannot be read, {@link
   *     ExitCode#BAD_DATA} if it has more than {@code most} bytes
   */
  static byte[] read(Path file, long most) throws CommandException {
    try {
      // Asked first, so that a huge file of that name is not read.
      checkLength(file, Files.size(file), "", most);
      try (InputStream in = Files.newInputStream(file)) {
        // A device or a pipe says that it is empty, and may have no end.
        byte[] bytes = in.readNBytes(Math.clamp(most + 1, 0, Integer.MAX_VALUE));
        checkLength(file, bytes.length, " or more", most);
        return bytes;
      }
    } catch (IOException e) {
      throw CommandException.io(file.toString(), e);
    }
  }

  private static void checkLength(Path file, long length, String orMore, long most)
      throws CommandException {
    if (length > most) {
      throw CommandException.badData(
          file + ": got " + length + " bytes" + orMore + ", expected at most " + most);
    }
  }
}
