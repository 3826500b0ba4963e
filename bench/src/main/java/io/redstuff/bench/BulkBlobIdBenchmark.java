package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.codec.BulkBlobIds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * How long the ids of many small blobs take, all different, in native memory: one at a time, and in
 * bulk by a worker that is kept. Milliseconds per blob; the counted bytes are those of the blobs.
 *
 * <p>The threads are those that a call uses: JMH itself runs one ({@code -t 1}, its default).
 */
public class BulkBlobIdBenchmark extends BlobBenchmark {
  /** Blobs of a call. */
  static final int BLOBS = 64;

  @Param({"1", "2"})
  int threads;

  @Param("1024")
  long blobBytes;

  private BulkBlobIds bulk;

  @Override
  long blobLength() {
    return BLOBS * blobBytes;
  }

  @Override
  int threads() {
    return threads;
  }

  @Override
  void prepareBlob(Arena memory) {
    bulk = codec().newBulkBlobIds();
  }

  private MemorySegment blob(int index) {
    return blob().asSlice(index * blobBytes, blobBytes);
  }

  /** One after the other. */
  @Benchmark
  @OperationsPerInvocation(BLOBS)
  public List<BlobId> oneAtATime(Bytes bytes) {
    bytes.add(BLOBS * blobBytes);
    List<BlobId> ids = new ArrayList<>(BLOBS);
    for (int i = 0; i < BLOBS; i++) {
      ids.add(codec().blobId(blob(i)));
    }
    return ids;
  }

  /** All in one call. */
  @Benchmark
  @OperationsPerInvocation(BLOBS)
  public List<BlobId> inBulk(Bytes bytes) throws InterruptedException {
    bytes.add(BLOBS * blobBytes);
    List<MemorySegment> blobs = new ArrayList<>(BLOBS);
    for (int i = 0; i < BLOBS; i++) {
      blobs.add(blob(i));
    }
    List<BlobId> ids = new ArrayList<>(BLOBS);
    bulk.<MemorySegment>compute(
        blobs.iterator(),
        (blob, _) -> blob,
        result -> {
          if (!(result instanceof BulkBlobIds.Computed<MemorySegment> computed)) {
            throw new IllegalStateException(result.toString());
          }
          ids.add(computed.id());
        });
    return ids;
  }
}
