package io.redstuff.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The files and directories that some work made, and that go again if it fails or is stopped.
 *
 * <p>It may be stopped at any moment and by any thread, a shutdown hook's say, while the one that
 * works is busy or waits for input: whatever was made is then gone, and nothing more comes into
 * being. Each {@linkplain #part part} of the work comes to an end by itself, and all of them with
 * the whole.
 */
public final class CreatedFiles {
  private final FileOperations operations;
  private final CreatedFiles whole;
  private final Set<CreatedFiles> parts = new LinkedHashSet<>();
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

  /** Files that others make. */
  static CreatedFiles by(FileOperations operations) {
    return new CreatedFiles(operations, null);
  }

  /**
   * Something that happens as a whole or not at all.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Step<E extends Exception> {
    /**
     * Does it.
     *
     * @throws E if it fails
     */
    void run() throws E;
  }

  /**
   * Returns the files of a part of this work.
   *
   * @return files that settle by themselves, and end when this is stopped
   */
  public CreatedFiles part() {
    return new CreatedFiles(operations, whole);
  }

  FileOperations operations() {
    return operations;
  }

  /** Creates {@code file}, which must not exist, and opens it for writing. */
  GatheringByteChannel create(Path file) throws IOException {
    synchronized (whole) {
      GatheringByteChannel channel =
          ifNotStopped().open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      add(file);
      return channel;
    }
  }

  /** Opens {@code file}, which must exist, for writing at its end. */
  GatheringByteChannel append(Path file) throws IOException {
    synchronized (whole) {
      return ifNotStopped().open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
  }

  /** Creates {@code file}, which must not exist, for reading and writing at any place. */
  FileChannel createForBoth(Path file) throws IOException {
    synchronized (whole) {
      checkNotStopped();
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      add(file);
      return channel;
    }
  }

  /** Makes sure that there is {@code directory}, and the directories above it. */
  void createDirectories(Path directory) throws NamedIoException {
    synchronized (whole) {
      if (Files.isDirectory(directory)) {
        return;
      }
      Path parent = directory.getParent();
      if (parent != null) {
        createDirectories(parent);
      }
      try {
        ifNotStopped().createDirectory(directory);
        add(directory);
      } catch (IOException e) {
        throw new NamedIoException(directory.toString(), e);
      }
    }
  }

  /** Returns the files and directories that were made and are not there to stay yet. */
  Set<Path> made() {
    synchronized (whole) {
      return new LinkedHashSet<>(made);
    }
  }

  /** Counts {@code file}, which got its name otherwise, among what was made. */
  void add(Path file) {
    made.push(file);
    whole.parts.add(this);
  }

  /**
   * Runs a step, after which everything that this made is there to stay. A stop comes before the
   * step or after it.
   *
   * @param <E> what the step may throw
   * @param step the step
   * @throws E if the step fails
   * @throws CancellationException if there was a stop; the step is not run then
   */
  public <E extends Exception> void settle(Step<E> step) throws E {
    synchronized (whole) {
      checkNotStopped();
      step.run();
      made.clear();
      whole.parts.remove(this);
    }
  }

  /**
   * Takes away whatever this made and did not settle.
   *
   * @param failure why; gets what goes wrong meanwhile as suppressed exceptions
   */
  public void undo(Throwable failure) {
    synchronized (whole) {
      while (!made.isEmpty()) {
        try {
          operations.delete(made.pop());
        } catch (IOException e) {
          failure.addSuppressed(e);
        }
      }
      whole.parts.remove(this);
    }
  }

  /** Takes away whatever the whole work made and did not settle, now and for good. */
  public void stop() {
    whole.stopped = true;
    synchronized (whole) {
      CancellationException stop = new CancellationException("stopped");
      Set.copyOf(whole.parts).forEach(part -> part.undo(stop));
    }
  }

  /**
   * Returns whether the work shall end.
   *
   * @return true once it was stopped
   */
  public boolean isStopped() {
    return whole.stopped;
  }

  private FileOperations ifNotStopped() {
    checkNotStopped();
    return operations;
  }

  private void checkNotStopped() {
    if (whole.stopped) {
      throw new CancellationException("stopped");
    }
  }
}
