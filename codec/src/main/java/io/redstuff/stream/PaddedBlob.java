package io.redstuff.stream;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A blob with the zeros behind its end that fill the matrix. */
final class PaddedBlob {
  private PaddedBlob() {}

  static void read(BlobSource blob, long offset, MemorySegment target) throws IOException {
    long there = Math.clamp(blob.length() - offset, 0, target.byteSize());
    if (there > 0) {
      blob.read(offset, target.asSlice(0, there));
    }
    target.asSlice(there).fill((byte) 0);
  }
}
