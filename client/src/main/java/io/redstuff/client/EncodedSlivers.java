package io.redstuff.client;

import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.Durability;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.SliverStore;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All slivers of a blob, to be sent: in memory if they are few, in a temporary directory if not.
 * Any thread may take them.
 */
final class EncodedSlivers implements AutoCloseable {
  private final VerifiedMetadata metadata;
  private final Map<SliverId, Sliver> inMemory;
  private final Optional<Path> directory;

  private EncodedSlivers(
      VerifiedMetadata metadata, Map<SliverId, Sliver> inMemory, Optional<Path> directory) {
    this.metadata = metadata;
    this.inMemory = inMemory;
    this.directory = directory;
  }

  /** Encodes a blob: half of the memory is for the slivers, if that is enough for all of them. */
  static EncodedSlivers encode(
      RedStuff codec, BlobSource blob, Workspace workspace, WorkMonitor monitor)
      throws IOException {
    long half = Math.ceilDiv(workspace.memoryBudget(), 2);
    if (codec.parameters().sliversLength(blob.length()) <= half) {
      MemoryStore store = new MemoryStore();
      Workspace rest = new Workspace(half, workspace.spillDirectory());
      VerifiedMetadata metadata = encode(codec, blob, rest, monitor, store);
      Map<SliverId, Sliver> slivers =
          store.slivers().stream().collect(Collectors.toMap(Sliver::id, Function.identity()));
      return new EncodedSlivers(metadata, slivers, Optional.empty());
    }
    Path parent =
        workspace
            .spillDirectory()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "workspace: got %s bytes and no spill directory, expected one for slivers of %s bytes"
                            .formatted(
                                workspace.memoryBudget(),
                                codec.parameters().sliversLength(blob.length()))));
    Path directory = Files.createTempDirectory(parent, ".redstuff-");
    try {
      VerifiedMetadata metadata =
          encode(codec, blob, workspace, monitor, DirectoryStore.at(directory));
      return new EncodedSlivers(metadata, Map.of(), Optional.of(directory));
    } catch (IOException | RuntimeException e) {
      delete(directory);
      throw e;
    }
  }

  private static VerifiedMetadata encode(
      RedStuff codec, BlobSource blob, Workspace workspace, WorkMonitor monitor, SliverStore store)
      throws IOException {
    EncodingParameters parameters = codec.parameters();
    int symbolSize = parameters.symbolSize(blob.length());
    try (SliverStore.Batch batch = store.begin(SliverStore.Mode.CREATE, Durability.BUFFERED)) {
      VerifiedMetadata metadata =
          StreamEncoder.of(codec, workspace)
              .watchedBy(monitor)
              .encode(blob, batch.sink(parameters, symbolSize));
      batch.commit(metadata.toBcs());
      return metadata;
    }
  }

  VerifiedMetadata metadata() {
    return metadata;
  }

  /** Returns a sliver, in native memory or as its file. */
  Sliver sliver(SliverId id) throws IOException {
    if (directory.isEmpty()) {
      return inMemory.get(id);
    }
    Path file = DirectoryStore.at(directory.get()).file(id, metadata.parameters());
    try (FileChannel channel = FileChannel.open(file)) {
      return Sliver.parseView(
          id.axis(), channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    } catch (MalformedDataException e) {
      throw new IOException("%s: changed since it was written: %s".formatted(file, e.getMessage()));
    }
  }

  /** Takes temporary files away. */
  @Override
  public void close() {
    try {
      if (directory.isPresent()) {
        delete(directory.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
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
}
