package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.codec.EncodedBlob;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What more threads give for one blob. Milliseconds per blob; the counted bytes are those of the
 * blob.
 *
 * <p>The threads are those that a call uses: JMH itself runs one ({@code -t 1}, its default).
 */
public class ThreadsBenchmark extends BlobBenchmark {
  @Param({"1", "2"})
  int threads;

  @Param({"1048576", "67108864"})
  long blobBytes;

  @Override
  long blobLength() {
    return blobBytes;
  }

  @Override
  int threads() {
    return threads;
  }

  @Override
  void prepareBlob(Arena memory) {}

  /** The id alone. */
  @Benchmark
  public BlobId blobId(Bytes bytes) {
    bytes.add(blobBytes);
    return codec().blobId(blob());
  }

  /** All slivers in new memory, freed again. */
  @Benchmark
  public BlobId encode(Bytes bytes) {
    bytes.add(blobBytes);
    try (EncodedBlob encoded = codec().encode(blob())) {
      return encoded.blobId();
    }
  }
}
