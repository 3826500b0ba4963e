package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.SliverSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts an encoded blob into a directory: all files under temporary names first, which they change
 * for their own when the last of them is whole; the metadata is the last to do so. Until then an
 * earlier encoding stays as it is.
 */
final class EncodingWriter {

  private final SliverDirectory directory;
  private final Traces files;
  private final SliverWriter slivers;

  /** Writes slivers with symbols of {@code symbolSize} bytes to {@code directory}. */
  EncodingWriter(
      SliverDirectory directory, Traces files, EncodingParameters parameters, int symbolSize) {
    this.directory = directory;
    this.files = files;
    this.slivers = new SliverWriter(directory, files, parameters, symbolSize);
  }

  /**
   * Makes sure of the directory before any work is done: creates it and its parents, or refuses one
   * that is not empty, unless {@code force}.
   */
  static void prepare(SliverDirectory directory, Traces files, boolean force)
      throws CommandException {
    Path root = directory.root();
    try {
      if (!Files.isDirectory(root)) {
        createDirectories(root, files);
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

  /** Takes the slivers; makes the directories that they go to. */
  SliverSink slivers() throws CommandException {
    for (Axis axis : Axis.values()) {
      createAxisDirectory(axis);
    }
    return slivers;
  }

  /**
   * Gives all files their names in place of those of an earlier encoding, which go first, its
   * metadata before its slivers. Other files stay.
   */
  void finish(Optional<VerifiedMetadata> metadata) throws CommandException {
    AtomicFile metadataFile = new AtomicFile(directory.metadataFile());
    try {
      if (metadata.isPresent()) {
        metadataFile.begin(files, MemorySegment.ofArray(metadata.get().toBcs()));
      }
    } catch (IOException e) {
      throw metadataFailure(e);
    }
    files.settle(
        () -> {
          removeFormer(metadataFile);
          for (SliverWriter.Begun sliver : slivers.begun()) {
            sliver.takeName();
            files.add(sliver.place().path());
          }
          if (metadata.isPresent()) {
            takeName(metadataFile);
          }
        });
  }

  private void takeName(AtomicFile metadataFile) throws CommandException {
    try {
      metadataFile.takeName();
    } catch (IOException e) {
      throw metadataFailure(e);
    }
  }

  private CommandException metadataFailure(IOException e) {
    return CommandException.io(directory.metadataFile() + ": cannot be written", e);
  }

  private void removeFormer(AtomicFile metadataFile) throws CommandException {
    Path root = directory.root();
    Set<Path> own = new HashSet<>();
    own.add(metadataFile.temporary());
    slivers.begun().forEach(sliver -> own.add(sliver.content().temporary()));
    Predicate<Path> leftBehind =
        file -> AtomicFile.isTemporary(file.getFileName().toString()) && !own.contains(file);
    try {
      Files.deleteIfExists(directory.metadataFile());
      deleteFiles(root, leftBehind);
      for (Axis axis : Axis.values()) {
        Path axisDirectory = directory.axisDirectory(axis);
        if (Files.isDirectory(axisDirectory)) {
          deleteFiles(
              axisDirectory,
              leftBehind.or(file -> SliverDirectory.isSliverName(file.getFileName().toString())));
        }
      }
    } catch (IOException e) {
      throw CommandException.io(root + ": earlier encoding cannot be removed", e);
    }
  }

  private static void deleteFiles(Path in, Predicate<Path> doomed) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(in, doomed::test)) {
      for (Path entry : entries) {
        Files.delete(entry);
      }
    }
  }

  private void createAxisDirectory(Axis axis) throws CommandException {
    Path axisDirectory = directory.axisDirectory(axis);
    try {
      if (!Files.isDirectory(axisDirectory)) {
        files.createDirectory(axisDirectory);
      }
    } catch (IOException e) {
      throw CommandException.io(axisDirectory.toString(), e);
    }
  }

  /** As {@link Files#createDirectories}, but it is known afterwards which ones are new. */
  private static void createDirectories(Path path, Traces files) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      createDirectories(parent, files);
    }
    files.createDirectory(path);
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      return !entries.iterator().hasNext();
    }
  }
}
