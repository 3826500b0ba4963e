package io.redstuff.store;

import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The files and directories that some work made, and that go again if it fails or is stopped.
 *
 * <p>It may be stopped at any moment and by any thread, a shutdown hook's say, while the one that
 * works is busy or waits for input: whatever was made and is not finished is then gone, and nothing
 * more comes into being.
 *
 * @since 0.1.0
 */
public final class CreatedFiles {
  /** Failures to take something away that are told beside the first. */
  private static final int MORE_FAILURES = 8;

  private final FileOperations operations;
  private final CreatedFiles whole;
  private final Set<CreatedFiles> parts = new HashSet<>();
  private final Deque<Path> made = new ArrayDeque<>();
  private volatile boolean stopped;

  /** The files of work that has made none yet. */
  public CreatedFiles() {
    this(FileOperations.FILE_SYSTEM, null);
  }

  private CreatedFiles(FileOperations operations, CreatedFiles whole) {
    this.operations = operations;
    this.whole = whole == null ? this : whole;
  }

  static CreatedFiles by(FileOperations operations) {
    return new CreatedFiles(operations, null);
  }

  /** Returns the files of a part of this work, which settles by itself and ends with the whole. */
  CreatedFiles part() {
    return new CreatedFiles(operations, whole);
  }

  FileOperations operations() {
    return operations;
  }

  /** Something that happens as a whole or not at all. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Creates {@code file}, which must not exist, and opens it for writing. */
  GatheringByteChannel create(Path file) throws IOException {
    synchronized (whole) {
      checkNotStopped();
      GatheringByteChannel channel =
          operations.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      add(file);
      return channel;
    }
  }

  /** Creates {@code file}, which must not exist, for reading and writing at any place. */
  FileChannel createForBoth(Path file) throws IOException {
    create(file).close();
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Opens {@code file}, which must exist, for writing at its end. */
  GatheringByteChannel append(Path file) throws IOException {
    checkNotStopped();
    return operations.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** Makes sure that there is {@code directory}, and the directories above it. */
  void createDirectories(Path directory) throws NamedIoException {
    synchronized (whole) {
      if (Files.isDirectory(directory)) {
        return;
      }
      if (directory.getParent() != null) {
        createDirectories(directory.getParent());
      }
      checkNotStopped();
      try {
        operations.createDirectory(directory);
        add(directory);
      } catch (IOException e) {
        throw new NamedIoException(directory.toString(), e);
      }
    }
  }

  /** Returns the files and directories that were made and are not there to stay yet. */
  List<Path> made() {
    synchronized (whole) {
      return List.copyOf(made);
    }
  }

  /** Counts {@code file}, which got its name otherwise, among what was made. */
  void add(Path file) {
    made.push(file);
    whole.parts.add(this);
  }

  /** Runs a step, after which all that this made is there to stay; a stop comes before or after. */
  void settle(Step step) throws IOException {
    synchronized (whole) {
      checkNotStopped();
      step.run();
      made.clear();
      whole.parts.remove(this);
    }
  }

  /** Takes away what this made and did not settle, all that can be. */
  void undo() throws IOException {
    synchronized (whole) {
      undo(Set.of(this));
    }
  }

  private void undo(Set<CreatedFiles> doomed) throws NamedIoException {
    NamedIoException failure = null;
    for (CreatedFiles part : doomed) {
      whole.parts.remove(part);
      while (!part.made.isEmpty()) {
        Path last = part.made.pop();
        try {
          delete(last);
        } catch (IOException e) {
          NamedIoException named = new NamedIoException(last + ": cannot be removed", e);
          if (failure == null) {
            failure = named;
          } else if (failure.getSuppressed().length < MORE_FAILURES) {
            failure.addSuppressed(named);
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Deletes a file or a directory. Work that is stopped while it makes a temporary file has given
   * it a name in a directory that was made here, and would take it away only after this.
   */
  private void delete(Path path) throws IOException {
    while (true) {
      try {
        operations.delete(path);
        return;
      } catch (DirectoryNotEmptyException e) {
        List<Path> entries = operations.list(path);
        if (!entries.stream().allMatch(Workspace::isTemporaryFile)) {
          throw e;
        }
        for (Path entry : entries) {
          operations.delete(entry);
        }
      }
    }
  }

  /**
   * Takes away whatever was made and is not finished, now and for good.
   *
   * @throws IOException if something cannot be taken away, after all that can be is
   */
  public void stop() throws IOException {
    whole.stopped = true;
    synchronized (whole) {
      undo(Set.copyOf(whole.parts));
    }
  }

  /** {@return whether the work shall end, since it was stopped} */
  public boolean isStopped() {
    return whole.stopped;
  }

  private void checkNotStopped() {
    if (whole.stopped) {
      throw new CancellationException("stopped");
    }
  }
}
