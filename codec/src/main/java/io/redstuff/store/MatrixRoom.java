package io.redstuff.store;

import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Room within a workspace for all symbols of a blob, those after its end too: what follows the end
 * need not be zero if the writer cheated. It is in memory if that leaves enough of it for decoding
 * and encoding, else in a temporary file.
 */
final class MatrixRoom implements AutoCloseable {
  private final VerifiedMetadata metadata;
  private final Workspace rest;
  private final BlobTarget blob;
  private final Optional<Arena> memory;
  private final Optional<FileChannel> file;

  private MatrixRoom(
      VerifiedMetadata metadata,
      Workspace rest,
      BlobTarget blob,
      Optional<Arena> memory,
      Optional<FileChannel> file) {
    this.metadata = metadata;
    this.rest = rest;
    this.blob = blob;
    this.memory = memory;
    this.file = file;
  }

  /**
   * Returns whether there is room: memory, or a place for a temporary file and memory for the work.
   */
  static boolean isIn(Workspace workspace, StoredEncoding stored) {
    long budget = workspace.memoryBudget();
    return budget >= memoryFor(stored)
        || (workspace.spillDirectory().isPresent() && budget >= workMemory(stored));
  }

  /** Returns bytes of memory with which no temporary file is needed. */
  static long memoryFor(StoredEncoding stored) {
    return length(stored) + workMemory(stored);
  }

  private static long workMemory(StoredEncoding stored) {
    Workspace any = Workspace.ofMemory(Long.MAX_VALUE);
    return Math.max(
        StreamDecoder.of(stored.codec(), any).minimumMemory(length(stored)),
        StreamEncoder.of(stored.codec(), any).minimumMemory());
  }

  private static long length(StoredEncoding stored) {
    VerifiedMetadata metadata = stored.metadata();
    return metadata.parameters().paddedLength(metadata.blobLength());
  }

  /** Makes room. */
  static MatrixRoom in(Workspace workspace, StoredEncoding stored) throws IOException {
    long length = length(stored);
    VerifiedMetadata metadata = stored.metadata().withBlobLength(length);
    long budget = workspace.memoryBudget();
    if (workspace.spillDirectory().isPresent() && budget < memoryFor(stored)) {
      FileChannel file = temporaryFile(workspace.spillDirectory().get());
      return new MatrixRoom(
          metadata, workspace, BlobTarget.of(file, length), Optional.empty(), Optional.of(file));
    }
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(length, 64);
    Workspace rest = new Workspace(Math.max(1, budget - length), workspace.spillDirectory());
    return new MatrixRoom(
        metadata, rest, BlobTarget.of(memory), Optional.of(arena), Optional.empty());
  }

  private static FileChannel temporaryFile(Path directory) throws IOException {
    try {
      Path file = Files.createTempFile(directory, ".redstuff-", ".spill");
      return FileChannel.open(
          file,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new NamedIoException("temporary file in " + directory, e);
    }
  }

  /** Commits to the same slivers, of a blob as long as the room. */
  VerifiedMetadata metadata() {
    return metadata;
  }

  /** Returns what is left to work with. */
  Workspace rest() {
    return rest;
  }

  /** Returns the room. */
  BlobTarget blob() {
    return blob;
  }

  @Override
  public void close() throws IOException {
    memory.ifPresent(Arena::close);
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
