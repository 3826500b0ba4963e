package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.codec.BlobEncoder;
import io.redstuff.codec.EncodedBlob;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * How long it takes to encode a blob to all its slivers in native memory and to commit to them, on
 * one thread. Milliseconds per blob; the counted bytes are those of the blob.
 */
public class EncodeBenchmark extends BlobBenchmark {
  @Param({"1", "1048576", "16777216", "67108864", "268435456"})
  long blobBytes;

  private BlobEncoder encoder;
  private MemorySegment slivers;

  @Override
  long blobLength() {
    return blobBytes;
  }

  @Override
  void prepareBlob(Arena memory) {
    encoder = codec().newEncoder(memory);
    // zeroed by the arena, so its pages are there before the clock runs
    slivers = memory.allocate(codec().parameters().sliversLength(blobBytes), 64);
  }

  /** The slivers of the last {@link #encodeIntoKeptMemory}. */
  MemorySegment slivers() {
    return slivers;
  }

  /** The one-liner: new memory for the slivers, freed again. */
  @Benchmark
  public BlobId encode(Bytes bytes) {
    bytes.add(blobBytes);
    try (EncodedBlob encoded = codec().encode(blob())) {
      return encoded.blobId();
    }
  }

  /** The same work by an encoder that is kept, into memory that is kept. */
  @Benchmark
  public BlobId encodeIntoKeptMemory(Bytes bytes) {
    bytes.add(blobBytes);
    return encoder.encode(blob(), slivers).blobId();
  }
}
