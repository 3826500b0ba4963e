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
final class BlobInput {

  /** How standard input is named on the command line. */
  static final String STANDARD_INPUT = "-";

  private static final int COPY_BYTES = 1 << 16;

  private final Session session;
  private final EncodingParameters parameters;
  private final Path temporaryDirectory;

  /**
   * Reads blobs that are to be encoded with {@code parameters}; what has to be copied goes to the
   * system's temporary directory.
   */
  BlobInput(Session session, EncodingParameters parameters) {
    this(session, parameters, SpillFile.systemDirectory());
  }

  /** As the other, with a temporary directory of one's own. */
  BlobInput(Session session, EncodingParameters parameters, Path temporaryDirectory) {
    this.session = session;
    this.parameters = parameters;
    this.temporaryDirectory = temporaryDirectory;
  }

  /**
   * The bytes that {@code operand} names, valid as long as {@code arena}.
   *
   * @throws CommandException if they cannot be read or are more than a blob can have
   */
  MemorySegment open(String operand, Arena arena) throws CommandException {
    try (FileChannel channel = openFile(operand)) {
      return MappedFile.open(channel, arena);
    } catch (IOException e) {
      throw CommandException.io(operand, e);
    }
  }

  /**
   * A file with the bytes that {@code operand} names, open for reading: the one of that name, or a
   * copy without a name.
   *
   * @throws CommandException if they cannot be read or are more than a blob can have
   */
  FileChannel openFile(String operand) throws CommandException {
    try {
      if (operand.equals(STANDARD_INPUT)) {
        return spill("standard input", session.in());
      }
      Path file = path(operand);
      if (Files.isDirectory(file)) {
        throw CommandException.usage(operand + ": is a directory");
      }
      // Files of no size include those of /proc, which have content all the same.
      if (Files.isRegularFile(file) && Files.size(file) > 0) {
        checkLength(operand, Files.size(file), " bytes");
        return FileChannel.open(file, StandardOpenOption.READ);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return spill(operand, in);
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

  private FileChannel spill(String what, InputStream in) throws IOException, CommandException {
    FileChannel channel = SpillFile.create(temporaryDirectory);
    try {
      byte[] bytes = new byte[COPY_BYTES];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        writeSpilled(channel, ByteBuffer.wrap(bytes, 0, read));
        checkLength(what, channel.position(), " bytes or more");
      }
      return channel;
    } catch (IOException | CommandException | RuntimeException | Error e) {
      try (channel) {
        throw e;
      }
    }
  }

  private void writeSpilled(FileChannel channel, ByteBuffer buffer) throws CommandException {
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw CommandException.io("temporary file in " + temporaryDirectory, e);
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
