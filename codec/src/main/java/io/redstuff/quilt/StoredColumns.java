package io.redstuff.quilt;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSliverReader;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/** The columns of a stored quilt, sliver by sliver, or all of them when the blob was decoded. */
final class StoredColumns extends VerifiedColumns {
  private final StoredEncoding stored;
  private final StoredSlivers slivers;
  private final Workspace workspace;
  private final StoredSliverReader reader;
  private final Arena arena = Arena.ofShared();
  private FileChannel file;

  /** The blob, once it was decoded. */
  private BlobColumns whole;

  StoredColumns(StoredEncoding stored, StoredSlivers slivers, Workspace workspace)
      throws MalformedDataException {
    super(stored.metadata().parameters(), symbolSize(stored));
    this.stored = stored;
    this.slivers = slivers;
    this.workspace = workspace;
    this.reader = stored.wholeSlivers(slivers);
  }

  private static int symbolSize(StoredEncoding stored) throws MalformedDataException {
    return BlobColumns.symbolSize(stored.metadata().parameters(), stored.metadata().blobLength());
  }

  @Override
  void read(int column, long offset, MemorySegment target) throws IOException, RedStuffException {
    if (whole == null) {
      try {
        reader.read(SliverId.secondary(column), offset, target);
        return;
      } catch (InsufficientDataException e) {
        if (slivers.count(Axis.SECONDARY) < count()) {
          throw e;
        }
      }
      readWhole(WorkMonitor.NONE);
    }
    whole.read(column, offset, target);
  }

  /** Decodes the blob, encodes it again to compare the blob id, and reads from it from now on. */
  @Override
  void readWhole(WorkMonitor monitor) throws IOException, RedStuffException {
    if (whole == null) {
      BlobTarget blob = target(stored.metadata().blobLength());
      stored.decode(slivers, ConsistencyCheck.STRICT, blob, workspace, monitor);
      whole = BlobColumns.of(stored.metadata().parameters(), blob);
    }
  }

  @Override
  long bytesRead() {
    return slivers.bytesRead();
  }

  private BlobTarget target(long length) throws IOException {
    if (workspace.spillDirectory().isPresent()) {
      if (file == null) {
        file = Workspace.temporaryFile(workspace.spillDirectory().get());
      }
      return BlobTarget.of(file, length);
    }
    if (length > workspace.memoryBudget()) {
      throw new IllegalArgumentException(
          "memory budget: got %s bytes, expected at least %s for the whole quilt, or a spill directory"
              .formatted(workspace.memoryBudget(), length));
    }
    return BlobTarget.of(arena.allocate(length, 64));
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
      reader.close();
      if (file != null) {
        file.close();
      }
    }
  }
}
