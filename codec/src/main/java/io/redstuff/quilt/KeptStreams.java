package io.redstuff.quilt;

import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.StreamedBlob;
import io.redstuff.stream.Workspace;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What came as streams, one after another in a temporary file, or in memory where there is none.
 */
final class KeptStreams implements AutoCloseable {
  private static final long COPY_BYTES = 256L << 10;

  private final IdentityHashMap<BlobSource, BlobSource> kept = new IdentityHashMap<>();
  private final Arena arena = Arena.ofShared();
  private FileChannel file;

  private KeptStreams() {}

  /**
   * Reads all streams to their ends.
   *
   * @throws IllegalArgumentException if they shall be in memory and are too long for the budget
   * @throws IOException if a stream or the temporary file fails, or a stream has more bytes or
   *     fewer
   */
  static KeptStreams of(List<StreamedBlob> streams, Workspace workspace) throws IOException {
    KeptStreams all = new KeptStreams();
    try {
      all.read(streams, workspace);
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private void read(List<StreamedBlob> streams, Workspace workspace) throws IOException {
    long length = streams.stream().mapToLong(StreamedBlob::length).sum();
    BlobTarget target = target(length, workspace);
    MemorySegment piece = arena.allocate(COPY_BYTES, 64);
    long at = 0;
    for (StreamedBlob stream : streams) {
      long to = at;
      for (long done = 0; done < stream.length(); ) {
        MemorySegment bytes = piece.asSlice(0, Math.min(COPY_BYTES, stream.length() - done));
        stream.read(done, bytes);
        target.write(to + done, bytes);
        done += bytes.byteSize();
      }
      stream.checkEnd();
      kept.put(stream, new Part(target, to, stream.length()));
      at += stream.length();
    }
  }

  private BlobTarget target(long length, Workspace workspace) throws IOException {
    if (length > 0 && workspace.spillDirectory().isPresent()) {
      file = Workspace.temporaryFile(workspace.spillDirectory().get());
      return BlobTarget.of(file, length);
    }
    if (length > workspace.memoryBudget()) {
      throw new IllegalArgumentException(
          "memory budget: got %s bytes, expected at least %s for streams, or a spill directory"
              .formatted(workspace.memoryBudget(), length));
    }
    return BlobTarget.of(arena.allocate(length, 64));
  }

  private record Part(BlobSource whole, long from, long length) implements BlobSource {
    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      if (offset < 0 || offset > length - target.byteSize()) {
        throw new EOFException(
            "stream: got a read of %s bytes at %s, expected it within %s bytes"
                .formatted(target.byteSize(), offset, length));
      }
      whole.read(from + offset, target);
    }
  }

  /** Returns a blob that was a stream; another one as it is. */
  BlobSource get(BlobSource blob) {
    return kept.getOrDefault(blob, blob);
  }

  @Override
  public void close() throws IOException {
    arena.close();
    if (file != null) {
      file.close();
    }
  }
}
