package io.redstuff.cli.io;

import io.redstuff.store.AtomicFile;
import io.redstuff.store.Durability;
import io.redstuff.store.NamedIoException;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a result goes, named on the command line as a file or as {@code -} for standard output.
 *
 * <p>A file takes its name only when it is whole. A device or a pipe has no such moment: it gets
 * the bytes as they are, and so does standard output. A symbolic link is followed.
 */
public final class OutputTarget {
  private static final String STANDARD_OUTPUT = "-";
  private static final long PIECE_BYTES = 1 << 20;

  private final Session session;
  private final String name;

  /** Null for standard output. */
  private final Path file;

  private final boolean regular;

  private OutputTarget(Session session, String name, Path file, boolean regular) {
    this.session = session;
    this.name = name;
    this.file = file;
    this.regular = regular;
  }

  /**
   * Returns the target that {@code operand} names.
   *
   * @throws CommandException if nothing can be written there, as far as is seen without trying
   */
  public static OutputTarget of(Session session, String operand)
      throws CommandException, NamedIoException {
    if (operand.equals(STANDARD_OUTPUT)) {
      return standardOutput(session);
    }
    Path file = BlobInput.path(operand);
    if (Files.isDirectory(file)) {
      throw CommandException.usage(operand + ": is a directory");
    }
    try {
      // A link to nowhere or to itself leads to no file, and its real path says so.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Path real = file.toRealPath();
        return new OutputTarget(session, operand, real, Files.isRegularFile(real));
      }
    } catch (IOException e) {
      throw new NamedIoException(operand, e);
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      boolean isThere = parent != null && Files.exists(parent, LinkOption.NOFOLLOW_LINKS);
      throw CommandException.usage(
          operand + ": " + (isThere ? parent + " is not a directory" : "no such directory"));
    }
    return new OutputTarget(session, operand, file, true);
  }

  /** Returns standard output. */
  public static OutputTarget standardOutput(Session session) {
    return new OutputTarget(session, "standard output", null, false);
  }

  /** Returns whether this is standard output. */
  public boolean isStandardOutput() {
    return file == null;
  }

  /** Returns standard output as a stream that fails where a print stream keeps its troubles. */
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws NamedIoException {
        OutputTarget.this.write(BlobSource.of(MemorySegment.ofArray(bytes).asSlice(from, length)));
      }
    };
  }

  /** Returns what messages call it. */
  String name() {
    return name;
  }

  /** Returns the file, if it is one that takes its name when it is whole. */
  Optional<Path> file() {
    return regular ? Optional.of(file) : Optional.empty();
  }

  /** Returns the directory of the file, if it is one that takes its name when it is whole. */
  public Optional<Path> directory() {
    return file().map(Path::toAbsolutePath).map(Path::getParent);
  }

  /** Writes {@code content}, as a whole where that can be told. */
  public void write(MemorySegment content) throws NamedIoException {
    if (!regular) {
      write(BlobSource.of(content));
      return;
    }
    try {
      AtomicFile.write(session.files(), file, content, Durability.BUFFERED);
    } catch (IOException e) {
      throw new NamedIoException(name + ": cannot be written", e);
    }
  }

  /** Writes {@code content} as it comes to what has no moment of being whole. */
  void write(BlobSource content) throws NamedIoException {
    try (Arena arena = Arena.ofConfined();
        OutputStream device =
            file == null
                ? OutputStream.nullOutputStream()
                : Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      OutputStream out = file == null ? session.out() : device;
      MemorySegment buffer = arena.allocate(Math.min(PIECE_BYTES, content.length()));
      for (long at = 0; at < content.length(); at += buffer.byteSize()) {
        MemorySegment piece = buffer.asSlice(0, Math.min(buffer.byteSize(), content.length() - at));
        content.read(at, piece);
        out.write(piece.toArray(ValueLayout.JAVA_BYTE));
        // A print stream keeps its troubles to itself; asked at once, a closed pipe ends the work.
        if (out instanceof PrintStream stream && stream.checkError()) {
          throw new IOException("write failed");
        }
      }
    } catch (IOException e) {
      throw NamedIoException.of(e, name + ": cannot be written");
    }
  }
}
