package io.redstuff.cli;

import java.io.IOException;
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
      long size = Files.size(file);
      if (size > most) {
        throw CommandException.badData(file + ": got " + size + " bytes, expected at most " + most);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandException.io(file.toString(), e);
    }
  }
}
