package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.codec.BlobEncoder;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * How long the id of a blob takes, from bytes in native memory, on one thread: encoding and hashing
 * without keeping slivers. Milliseconds per blob; the counted bytes are those of the blob.
 */
public class BlobIdBenchmark extends BlobBenchmark {
  @Param({"1", "100000", "1048576", "16777216", "67108864", "268435456"})
  long blobBytes;

  private BlobEncoder encoder;

  @Override
  long blobLength() {
    return blobBytes;
  }

  @Override
  void prepareBlob(Arena memory) {
    encoder = codec().newEncoder(memory);
  }

  /** The one-liner, with all that it allocates. */
  @Benchmark
  public BlobId blobId(Bytes bytes) {
    bytes.add(blobBytes);
    return codec().blobId(blob());
  }

  /** The same work by an encoder that is kept. */
  @Benchmark
  public BlobId blobIdWithKeptEncoder(Bytes bytes) {
    bytes.add(blobBytes);
    return encoder.metadata(blob()).blobId();
  }
}
