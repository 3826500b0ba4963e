package io.redstuff.cli.io;

import io.redstuff.EncodingParameters;
import io.redstuff.cli.show.Text;
import io.redstuff.store.NamedIoException;
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

/**
 * The bytes of a blob, named on the command line as a file or as {@code -} for standard input.
 *
 * <p>Standard input, a pipe or a device is copied to a temporary file first.
 */
public final class BlobInput {
  /** How standard input is named on the command line. */
  public static final String STANDARD_INPUT = "-";

  private static final int COPY_BYTES = 1 << 16;

  private final Session session;
  private final EncodingParameters parameters;
  private final Path spills;

  /**
   * Reads blobs that are to be encoded with {@code parameters}; what has to be copied goes to
   * {@code spills}.
   */
  public BlobInput(Session session, EncodingParameters parameters, Path spills) {
    this.session = session;
    this.parameters = parameters;
    this.spills = spills;
  }

  /**
   * Returns the bytes that {@code operand} names, valid as long as {@code arena}.
   *
   * @throws CommandException if they are more than a blob can have
   */
  public MemorySegment open(String operand, Arena arena) throws CommandException, IOException {
    try (FileChannel channel = openFile(operand)) {
      return MappedFile.open(channel, arena);
    } catch (IOException e) {
      throw NamedIoException.of(e, operand);
    }
  }

  /**
   * Returns a file with the bytes that {@code operand} names, open for reading: the one of that
   * name, or a copy without a name.
   *
   * @throws CommandException if they are more than a blob can have
   */
  public FileChannel openFile(String operand) throws CommandException, IOException {
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
      throw NamedIoException.of(e, operand);
    }
  }

  /** Returns the file that {@code operand} names. */
  public static Path path(String operand) throws CommandException {
    try {
      return Path.of(operand);
    } catch (InvalidPathException e) {
      throw CommandException.usage(operand + ": " + Text.reason(e), e);
    }
  }

  private FileChannel spill(String what, InputStream in) throws IOException, CommandException {
    FileChannel channel = SpillFile.create(spills);
    try {
      byte[] bytes = new byte[COPY_BYTES];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        SpillFile.write(channel, ByteBuffer.wrap(bytes, 0, read), spills);
        checkLength(what, channel.position(), " bytes or more");
      }
      return channel;
    } catch (IOException | CommandException | RuntimeException | Error e) {
      try (channel) {
        throw e;
      }
    }
  }

  private void checkLength(String what, long length, String unit) throws CommandException {
    if (length > parameters.maxBlobLength()) {
      throw CommandException.usage(
          "%s: too long for a blob: got %s%s, expected at most %s with %s shards"
              .formatted(what, length, unit, parameters.maxBlobLength(), parameters.shards()));
    }
  }
}
