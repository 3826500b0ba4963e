package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodedBlob;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Puts an encoded blob into a directory: slivers first, metadata last, each file by {@link
 * AtomicFile}. Remembers what it made, so that a failure can be undone.
 */
final class EncodingWriter {

  private final SliverDirectory directory;
  private final OutputFiles files;
  private final Deque<Path> made = new ArrayDeque<>();

  EncodingWriter(SliverDirectory directory, OutputFiles files) {
    this.directory = directory;
    this.files = files;
  }

  /**
   * Makes sure of the directory before any work is done: creates it and its parents, or refuses one
   * that is not empty, unless {@code force}.
   */
  void prepare(boolean force) throws CommandException {
    Path root = directory.root();
    try {
      if (!Files.isDirectory(root)) {
        createDirectories(root);
      } else if (!force && !isEmpty(root)) {
        throw CommandException.usage(
            root + ": directory is not empty (--force replaces an encoding in it)");
      }
      directory.checkAxesApart();
    } catch (FileSystemException e) {
      // Names the directory on the way that could not be made, which need not be the last one.
      throw CommandException.io(Objects.requireNonNullElse(e.getFile(), root.toString()), e);
    } catch (IOException e) {
      throw CommandException.io(root.toString(), e);
    }
  }

  /**
   * Writes all files of {@code encoded} in place of those of an earlier encoding, which go first,
   * its metadata before its slivers. Other files stay.
   */
  void write(EncodedBlob encoded, Progress progress) throws CommandException {
    EncodingParameters parameters = encoded.metadata().parameters();
    removeFormer();
    for (Axis axis : Axis.values()) {
      createAxisDirectory(axis);
    }
    for (int p = 0; p < parameters.shards(); p++) {
      SliverPair pair = encoded.pair(SliverPairIndex.of(p));
      writeSliver(pair.primary(), parameters);
      writeSliver(pair.secondary(), parameters);
      progress.step(2);
    }
    writeMetadata(encoded);
  }

  /** Takes away whatever this writer made, because of {@code failure}. */
  void undo(Throwable failure) {
    while (!made.isEmpty()) {
      AtomicFile.deleteAfter(failure, made.pop());
    }
  }

  private void writeSliver(Sliver sliver, EncodingParameters parameters) throws CommandException {
    SliverFile file = directory.file(sliver.id().axis(), sliver.id().pair(parameters), parameters);
    file.write(files, sliver);
    made.push(file.path());
  }

  private void writeMetadata(EncodedBlob encoded) throws CommandException {
    Path file = directory.metadataFile();
    try {
      AtomicFile.write(files, file, MemorySegment.ofArray(encoded.metadata().toBcs()));
    } catch (IOException e) {
      throw CommandException.io(file + ": cannot be written", e);
    }
    made.push(file);
  }

  private void removeFormer() throws CommandException {
    Path root = directory.root();
    try {
      Files.deleteIfExists(directory.metadataFile());
      deleteFiles(root, AtomicFile::isTemporary);
      for (Axis axis : Axis.values()) {
        Path slivers = directory.axisDirectory(axis);
        if (Files.isDirectory(slivers)) {
          deleteFiles(
              slivers, name -> SliverDirectory.isSliverName(name) || AtomicFile.isTemporary(name));
        }
      }
    } catch (IOException e) {
      throw CommandException.io(root + ": earlier encoding cannot be removed", e);
    }
  }

  private static void deleteFiles(Path in, Predicate<String> named) throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(in, entry -> named.test(entry.getFileName().toString()))) {
      for (Path entry : entries) {
        Files.delete(entry);
      }
    }
  }

  private void createAxisDirectory(Axis axis) throws CommandException {
    Path slivers = directory.axisDirectory(axis);
    try {
      if (!Files.isDirectory(slivers)) {
        createDirectory(slivers);
      }
    } catch (IOException e) {
      throw CommandException.io(slivers.toString(), e);
    }
  }

  /** As {@link Files#createDirectories}, but knows afterwards which ones are new. */
  private void createDirectories(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      createDirectories(parent);
    }
    createDirectory(path);
  }

  private void createDirectory(Path path) throws IOException {
    Files.createDirectory(path);
    made.push(path);
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      return !entries.iterator().hasNext();
    }
  }
}
