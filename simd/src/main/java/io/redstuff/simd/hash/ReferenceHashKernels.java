package io.redstuff.simd.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The hashes one after the other through {@link Blake2b}: what the other engines are compared with.
 */
public final class ReferenceHashKernels implements HashKernels {
  @Override
  public void hash(
      int prefix,
      MemorySegment in,
      long offset,
      long stride,
      long length,
      long count,
      MemorySegment out,
      long outOffset,
      long outStride,
      HashScratch scratch) {
    Blake2b hash = new Blake2b();
    for (long i = 0; i < count; i++) {
      byte[] digest = hash.update((byte) prefix).update(in, offset + i * stride, length).digest();
      MemorySegment.copy(
          digest, 0, out, ValueLayout.JAVA_BYTE, outOffset + i * outStride, Blake2b.DIGEST_BYTES);
    }
  }
}
