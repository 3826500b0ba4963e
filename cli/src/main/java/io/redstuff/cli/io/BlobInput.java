package io.redstuff.cli.io;

import io.redstuff.EncodingParameters;
import io.redstuff.cli.show.Text;
import io.redstuff.store.NamedIoException;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

  /** Below this a read is cheaper than setting up and taking down a mapping. */
  private static final long SMALL = 64 << 10;

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
      return map(channel, arena);
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

  /** Returns the directory that the system has for temporary files. */
  public static Path temporaryDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  static FileChannel temporaryFile(Path directory) throws NamedIoException {
    try {
      return Workspace.temporaryFile(directory);
    } catch (IOException e) {
      throw new NamedIoException(temporaryName(directory), e);
    }
  }

  static String temporaryName(Path directory) {
    return "temporary file in " + directory;
  }

  /** Returns all of a file as native memory; the file may be closed before {@code arena}. */
  public static MemorySegment map(FileChannel file, Arena arena) throws IOException {
    long size = file.size();
    if (size > SMALL) {
      return file.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asReadOnly();
    }
    MemorySegment content = arena.allocate(size);
    BlobSource.of(file).read(0, content);
    return content.asReadOnly();
  }

  private FileChannel spill(String what, InputStream in) throws IOException, CommandException {
    FileChannel file = temporaryFile(spills);
    try {
      NamedBlob copy =
          new NamedBlob(temporaryName(spills), BlobTarget.of(file, parameters.maxBlobLength()));
      byte[] bytes = new byte[COPY_BYTES];
      long length = 0;
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        copy.write(length, MemorySegment.ofArray(bytes).asSlice(0, read));
        length += read;
        checkLength(what, length, " bytes or more");
      }
      return file;
    } catch (IOException | CommandException | RuntimeException | Error e) {
      try (file) {
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
