package io.redstuff.cli;

import io.redstuff.EncodingParameters;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The bytes of a blob, named on the command line as a file or as {@code -} for standard input, as
 * one native segment.
 *
 * <p>A regular file is mapped. Standard input, a pipe or a device is copied to a temporary file
 * first and that is mapped; where the system allows it, the temporary file has lost its name before
 * the first byte is written, so that nothing remains however the process ends.
 */
final class BlobSource {

  /** How standard input is named on the command line. */
  static final String STANDARD_INPUT = "-";

  private static final int COPY_BYTES = 1 << 16;

  private final Session session;
  private final EncodingParameters parameters;

  /** Reads blobs that are to be encoded with {@code parameters}. */
  BlobSource(Session session, EncodingParameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * The bytes that {@code operand} names, valid as long as {@code arena}.
   *
   * @throws CommandException if they cannot be read or are more than a blob can have
   */
  MemorySegment open(String operand, Arena arena) throws CommandException {
    try {
      if (operand.equals(STANDARD_INPUT)) {
        return spill("standard input", session.in(), arena);
      }
      Path file = path(operand);
      if (Files.isDirectory(file)) {
        throw CommandException.usage(operand + ": is a directory");
      }
      // Files of no size include those of /proc, which have content all the same.
      if (Files.isRegularFile(file) && Files.size(file) > 0) {
        checkLength(operand, Files.size(file), " bytes");
        return MappedFile.open(file, arena);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return spill(operand, in, arena);
      }
    } catch (IOException e) {
      throw CommandException.io(operand, e);
    }
  }

  /** The file that {@code operand} names. */
  static Path path(String operand) throws CommandException {
    try {
      return Path.of(operand);
    } catch (InvalidPathException e) {
      throw CommandException.usage(operand + ": " + ErrorText.reason(e), e);
    }
  }

  private MemorySegment spill(String what, InputStream in, Arena arena)
      throws IOException, CommandException {
    Path file = temporaryFile();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      byte[] bytes = new byte[COPY_BYTES];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        writeSpilled(channel, ByteBuffer.wrap(bytes, 0, read), file);
        checkLength(what, channel.position(), " bytes or more");
      }
      return MappedFile.open(channel, arena);
    } catch (IOException e) {
      AtomicFile.deleteAfter(e, file);
      throw e;
    }
  }

  private static Path temporaryFile() throws CommandException {
    try {
      return Files.createTempFile("redstuff-", ".blob");
    } catch (IOException e) {
      throw CommandException.io("temporary file", e);
    }
  }

  private static void writeSpilled(FileChannel channel, ByteBuffer buffer, Path file)
      throws CommandException {
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw CommandException.io("temporary file in " + file.getParent(), e);
    }
  }

  private void checkLength(String what, long length, String unit) throws CommandException {
    if (length > parameters.maxBlobLength()) {
      throw CommandException.usage(
          String.format(
              Locale.ROOT,
              "%s: too long for a blob: got %d%s, expected at most %d with %d shards",
              what,
              length,
              unit,
              parameters.maxBlobLength(),
              parameters.shards()));
    }
  }
}
