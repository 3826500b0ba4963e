package io.redstuff.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a decoded blob goes, named on the command line as a file or as {@code -} for standard
 * output.
 *
 * <p>A file takes its name only when it is whole. A device or a pipe has no such moment: it gets
 * the bytes as they are, and so does standard output. A symbolic link is followed.
 */
final class OutputTarget {

  /** How standard output is named on the command line. */
  static final String STANDARD_OUTPUT = "-";

  private static final int STREAM_BYTES = 1 << 20;

  private final Session session;
  private final String operand;
  private final Path file;
  private final boolean regular;

  private OutputTarget(Session session, String operand, Path file, boolean regular) {
    this.session = session;
    this.operand = operand;
    this.file = file;
    this.regular = regular;
  }

  /**
   * The target that {@code operand} names.
   *
   * @throws CommandException if nothing can be written there, as far as is seen without trying
   */
  static OutputTarget of(Session session, String operand) throws CommandException {
    if (operand.equals(STANDARD_OUTPUT)) {
      return new OutputTarget(session, "standard output", null, false);
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
      throw CommandException.io(operand, e);
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw CommandException.usage(
          operand
              + ": "
              + (parent != null && Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
                  ? parent + " is not a directory"
                  : "no such directory"));
    }
    return new OutputTarget(session, operand, file, true);
  }

  /** Takes bytes one after another. */
  @FunctionalInterface
  interface Sink {

    /** Takes {@code bytes}, which come next. */
    void accept(MemorySegment bytes) throws IOException;
  }

  /** Gives bytes one after another. */
  @FunctionalInterface
  interface Content {

    /** Gives all to {@code sink}. */
    void writeTo(Sink sink) throws IOException;
  }

  /** Writes all of {@code content}. */
  void write(MemorySegment content) throws CommandException {
    try {
      if (regular) {
        AtomicFile.write(session.files(), file, content);
      } else {
        write(sink -> sink.accept(content));
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Writes {@code content} as it comes to what has no moment of being whole. */
  void write(Content content) throws CommandException {
    try {
      if (file == null) {
        content.writeTo(this::stream);
      } else {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          content.writeTo(bytes -> Segments.writeFully(channel, bytes));
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * A place to put the bytes together.
   *
   * @param spills directory for a temporary file, where that cannot become the file itself
   * @param length how many there will be
   */
  OutputDraft draft(Path spills, long length) throws CommandException {
    return regular
        ? OutputDraft.beside(this, operand, file, length, session.files())
        : OutputDraft.in(spills, this, length);
  }

  /** The directory of the file, if it is one that takes its name when it is whole. */
  Optional<Path> directory() {
    return regular ? Optional.ofNullable(file.toAbsolutePath().getParent()) : Optional.empty();
  }

  private CommandException failure(IOException e) {
    return NamedIoException.toCommandException(e, operand + ": cannot be written");
  }

  private void stream(MemorySegment content) throws IOException {
    PrintStream out = session.out();
    byte[] bytes = new byte[(int) Math.min(STREAM_BYTES, content.byteSize())];
    for (long at = 0; at < content.byteSize(); at += STREAM_BYTES) {
      int count = (int) Math.min(STREAM_BYTES, content.byteSize() - at);
      MemorySegment.copy(content, at, MemorySegment.ofArray(bytes), 0, count);
      out.write(bytes, 0, count);
      // A print stream keeps its troubles to itself; asked at once, a closed pipe ends the work.
      if (out.checkError()) {
        throw new IOException("write failed");
      }
    }
  }
}
