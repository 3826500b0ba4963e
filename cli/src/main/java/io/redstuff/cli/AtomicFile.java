package io.redstuff.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Writes a file so that its name either stays as it was or names the whole new content: the bytes
 * go to a temporary file in the same directory, which then takes the name.
 *
 * <p>The file is not forced to the device: after a power failure its content is what the file
 * system promises for a file that was written and renamed.
 */
final class AtomicFile {

  private static final String SUFFIX = ".part";
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.[0-9a-f]{16}\\.part");

  private AtomicFile() {}

  /**
   * Writes {@code parts}, one after the other, as the content of {@code target}, replacing a file
   * of that name. When it throws, {@code target} is as before and the temporary file is gone.
   */
  static void write(OutputFiles files, Path target, MemorySegment... parts) throws IOException {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + random + SUFFIX);
    GatheringByteChannel channel = files.create(temporary);
    try {
      // Closed before the move: some file systems report a full disk only then.
      try (channel) {
        Segments.writeFully(channel, parts);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException | Error e) {
      deleteAfter(e, temporary);
      throw e;
    }
  }

  /** Whether {@code fileName} is that of a temporary file, left behind by a killed process. */
  static boolean isTemporary(String fileName) {
    return TEMPORARY.matcher(fileName).matches();
  }

  /** Deletes {@code file} while {@code failure} is on its way out; trouble is added to it. */
  static void deleteAfter(Throwable failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
