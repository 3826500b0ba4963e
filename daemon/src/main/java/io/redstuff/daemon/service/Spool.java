package io.redstuff.daemon.service;

import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Temporary files of a daemon, in a directory of its own, and how long they may be together. Files
 * have no names while they are in use where the system allows that, so nobody else gets at them and
 * none is left however the process ends. Thread-safe.
 */
public final class Spool implements AutoCloseable {
  private static final String LOCK = "daemon.lock";
  private static final String OURS = ".redstuff-";

  private final Path directory;
  private final long most;
  private final FileChannel lock;
  private long taken;

  private Spool(Path directory, long most, FileChannel lock) {
    this.directory = directory;
    this.most = most;
    this.lock = lock;
  }

  /**
   * Opens a directory, makes it if it is not there, and deletes what an earlier process has left:
   * files and directories that are called as temporary ones are here.
   *
   * @param directory the directory, for one daemon at a time
   * @param most how many bytes there may be at a time
   * @return the spool; close it
   * @throws IOException if another daemon has the directory, or it cannot be used
   */
  public static Spool open(Path directory, long most) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
    }
    FileChannel lock =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean isOpen = false;
    try {
      checkFree(directory, lock);
      deleteLeft(directory);
      isOpen = true;
      return new Spool(directory, most, lock);
    } finally {
      if (!isOpen) {
        lock.close();
      }
    }
  }

  private static void checkFree(Path directory, FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(directory + ": another daemon of this process has it", e);
    }
    throw new IOException(directory + ": another daemon has it");
  }

  private static void deleteLeft(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, OURS + "*")) {
      for (Path path : left) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          deleteTree(path);
        } else if (Workspace.isTemporaryFile(path)) {
          Files.delete(path);
        }
      }
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** {@return how many bytes there may be at a time} */
  public long most() {
    return most;
  }

  /** {@return how many bytes are taken} */
  public synchronized long taken() {
    return taken;
  }

  /**
   * Makes a file.
   *
   * @param bytes how long it will be at least; that much room is kept for it
   * @return the file; close it
   * @throws RefusedException if there is no room
   * @throws IOException if it cannot be made
   */
  public SpoolFile create(long bytes) throws RefusedException, IOException {
    take(bytes);
    boolean isMade = false;
    try {
      SpoolFile file = new SpoolFile(this, Workspace.temporaryFile(directory), bytes);
      isMade = true;
      return file;
    } finally {
      if (!isMade) {
        giveBack(bytes);
      }
    }
  }

  synchronized void take(long bytes) throws RefusedException {
    if (bytes > most - taken) {
      throw new RefusedException(
          ErrorStatus.UNAVAILABLE,
          ErrorReason.NO_ROOM,
          "no room for %s bytes at the moment, please try again later".formatted(bytes));
    }
    taken += bytes;
  }

  synchronized void giveBack(long bytes) {
    taken -= bytes;
  }

  /** Lets another daemon have the directory. Files that are open go on. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
