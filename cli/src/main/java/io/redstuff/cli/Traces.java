package io.redstuff.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/**
 * The files and directories that a command made and that go again if it fails or is stopped.
 *
 * <p>It may be stopped at any moment and by another thread, while the one that works is busy or
 * waits for input: whatever was made is then gone, and nothing more comes into being.
 */
final class Traces implements OutputFiles {

  private final OutputFiles files;
  private final Deque<Path> made = new ArrayDeque<>();
  private volatile boolean stopped;

  /** Makes files by way of {@code files}. */
  Traces(OutputFiles files) {
    this.files = files;
  }

  /** Something that happens as a whole or not at all. */
  @FunctionalInterface
  interface Step {

    /** Does it. */
    void run() throws CommandException;
  }

  @Override
  public synchronized GatheringByteChannel open(Path file, OpenOption... options)
      throws IOException {
    checkNotStopped();
    GatheringByteChannel channel = files.open(file, options);
    if (Arrays.asList(options).contains(StandardOpenOption.CREATE_NEW)) {
      made.push(file);
    }
    return channel;
  }

  /** Creates {@code file}, which must not exist, for reading and writing at any place. */
  synchronized FileChannel createForBoth(Path file) throws IOException {
    checkNotStopped();
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    made.push(file);
    return channel;
  }

  /** Creates {@code directory}, which must not exist. */
  synchronized void createDirectory(Path directory) throws IOException {
    checkNotStopped();
    Files.createDirectory(directory);
    made.push(directory);
  }

  /** Makes sure that there is {@code directory}, and the directories above it. */
  synchronized void createDirectories(Path directory) throws CommandException {
    try {
      Path parent = directory.getParent();
      if (!Files.isDirectory(directory)) {
        if (parent != null) {
          createDirectories(parent);
        }
        createDirectory(directory);
      }
    } catch (IOException e) {
      throw CommandException.io(directory.toString(), e);
    }
  }

  /** Counts {@code file}, which got its name otherwise, among what was made. */
  synchronized void add(Path file) {
    made.push(file);
  }

  /**
   * Runs {@code step}, after which everything made so far is there to stay. A stop comes before the
   * step or after it.
   */
  synchronized void settle(Step step) throws CommandException {
    checkNotStopped();
    step.run();
    made.clear();
  }

  /** Takes away whatever was made, because of {@code failure}, which gets the trouble met. */
  synchronized void undo(Throwable failure) {
    while (!made.isEmpty()) {
      AtomicFile.deleteAfter(failure, made.pop());
    }
  }

  /** Takes away whatever was made, now and for good. */
  void stop() {
    stopped = true;
    undo(new CancellationException("stopped"));
  }

  /** Whether the command shall end. */
  boolean isStopped() {
    return stopped;
  }

  private void checkNotStopped() {
    if (stopped) {
      throw new CancellationException("stopped");
    }
  }
}
