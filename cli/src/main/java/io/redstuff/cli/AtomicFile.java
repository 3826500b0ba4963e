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

  private final Path target;
  private final Path temporary;

  /** The content of {@code target} that is to come; nothing is made yet. */
  AtomicFile(Path target) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    this.target = target;
    this.temporary = target.resolveSibling("." + target.getFileName() + "." + random + SUFFIX);
  }

  /**
   * Writes {@code parts}, one after the other, as the content of {@code target}, replacing a file
   * of that name. When it throws, {@code target} is as before and the temporary file is gone.
   */
  static void write(OutputFiles files, Path target, MemorySegment... parts) throws IOException {
    AtomicFile file = new AtomicFile(target);
    // A file that could not be made is not this one's to delete.
    GatheringByteChannel channel = files.create(file.temporary);
    try {
      writeAndClose(channel, parts);
      file.takeName();
    } catch (IOException | RuntimeException | Error e) {
      deleteAfter(e, file.temporary);
      throw e;
    }
  }

  /** Where the bytes go first. */
  Path temporary() {
    return temporary;
  }

  /** Creates the temporary file, with {@code parts} as its first bytes. */
  void begin(OutputFiles files, MemorySegment... parts) throws IOException {
    writeAndClose(files.create(temporary), parts);
  }

  /** Writes {@code parts} at the end of the temporary file. */
  void append(OutputFiles files, MemorySegment... parts) throws IOException {
    writeAndClose(files.append(temporary), parts);
  }

  /** Gives the temporary file, which is whole and closed, its name, replacing a file of it. */
  void takeName() throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

  private static void writeAndClose(GatheringByteChannel channel, MemorySegment... parts)
      throws IOException {
    // Closed before anything else is done: some file systems report a full disk only then.
    try (channel) {
      Segments.writeFully(channel, parts);
    }
  }
}
