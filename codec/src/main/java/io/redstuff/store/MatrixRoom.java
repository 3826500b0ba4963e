package io.redstuff.store;

import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.Workspace;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;

/**
 * Room within a workspace for all symbols of a blob, those after its end too, which need not be
 * zero if the writer cheated. It is in memory if that leaves enough of it to decode and encode,
 * else in a temporary file.
 */
final class MatrixRoom implements AutoCloseable {
  private final VerifiedMetadata metadata;
  private final Workspace rest;
  private final BlobTarget blob;
  private final Closeable owner;

  private MatrixRoom(VerifiedMetadata metadata, Workspace rest, BlobTarget blob, Closeable owner) {
    this.metadata = metadata;
    this.rest = rest;
    this.blob = blob;
    this.owner = owner;
  }

  /** Returns whether there is room: memory, or a place for a file and memory for the work. */
  static boolean isIn(Workspace workspace, StoredEncoding stored) {
    long needed = workspace.spillDirectory().isPresent() ? work(stored) : memoryFor(stored);
    return workspace.memoryBudget() >= needed;
  }

  /** Returns the bytes of memory with which no temporary file is needed. */
  static long memoryFor(StoredEncoding stored) {
    return length(stored) + work(stored);
  }

  private static long work(StoredEncoding stored) {
    return StreamDecoder.of(stored.codec(), Workspace.ofMemory(Long.MAX_VALUE)).minimumMemory();
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
      FileChannel file = temporaryFile(workspace);
      return new MatrixRoom(metadata, workspace, BlobTarget.of(file, length), file);
    }
    Arena arena = stored.newArena();
    Workspace rest = new Workspace(Math.max(1, budget - length), workspace.spillDirectory());
    return new MatrixRoom(metadata, rest, BlobTarget.of(arena.allocate(length, 64)), arena::close);
  }

  private static FileChannel temporaryFile(Workspace workspace) throws IOException {
    try {
      return Workspace.temporaryFile(workspace.spillDirectory().orElseThrow());
    } catch (IOException e) {
      throw new NamedIoException(
          "temporary file in " + workspace.spillDirectory().orElseThrow(), e);
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

  BlobTarget blob() {
    return blob;
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
