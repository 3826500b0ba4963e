package io.redstuff.codec;

import io.redstuff.EncodingParameters;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Encodes blobs into memory of the caller's, one after the other.
 *
 * <p>Work memory is taken from the arena at construction (it grows once with the largest symbol
 * seen) and reused. For one thread at a time; threads of the common pool help it, up to {@link
 * RedStuff#parallelism}, where blob and slivers lie in memory that other threads may use. Their
 * work memory is freed some time after the encoder is no longer reachable.
 *
 * @since 0.1.0
 */
public final class BlobEncoder {
  private final EncodingParameters parameters;
  private final MatrixEncoder encoder;

  BlobEncoder(EncodingParameters parameters, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.encoder = new MatrixEncoder(parameters, engine, arena, parallelism);
  }

  /**
   * Encodes a blob to its slivers.
   *
   * <p>The layout of {@code slivers}, with symbols of s bytes: primary sliver i takes k2 * s bytes
   * from {@code i * k2 * s} on, secondary sliver j takes k1 * s bytes from {@code n * k2 * s + j *
   * k1 * s} on. The first k1 primary slivers together are the zero-padded blob.
   *
   * @param blob the bytes, native or heap (a mapped file is native); not changed, and must not
   *     overlap {@code slivers}
   * @param slivers native and writable, at least {@link EncodingParameters#sliversLength} bytes
   * @return the metadata
   * @throws IllegalArgumentException if the blob is over the limit, or {@code slivers} is too
   *     small, on the heap or read-only
   */
  public VerifiedMetadata encode(MemorySegment blob, MemorySegment slivers) {
    long needed = parameters.sliversLength(blob.byteSize());
    if (!slivers.isNative() || slivers.isReadOnly() || slivers.byteSize() < needed) {
      throw new IllegalArgumentException(
          "slivers: got %s bytes of %s memory, expected at least %s of writable native memory"
              .formatted(
                  slivers.byteSize(),
                  slivers.isReadOnly() ? "read-only" : slivers.isNative() ? "native" : "heap",
                  needed));
    }
    return encoder.encode(blob, slivers, _ -> {});
  }

  /**
   * Commits to a blob without making its slivers.
   *
   * @param blob the bytes, native or heap
   * @return the metadata
   * @throws IllegalArgumentException if the blob is over the limit
   */
  public VerifiedMetadata metadata(MemorySegment blob) {
    parameters.symbolSize(blob.byteSize());
    return encoder.commit(blob);
  }
}
