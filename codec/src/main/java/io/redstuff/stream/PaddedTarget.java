package io.redstuff.stream;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A target with what decoding gives after the end of the blob. That is part of the slivers, so of
 * what their hashes are over: a writer who did not leave it zero is found out by a check that
 * encodes again, not by the hashes.
 */
final class PaddedTarget {
  private final BlobTarget target;
  private final long blobLength;

  /** The padding, or null if nobody is going to read it. */
  private final MemorySegment padding;

  private PaddedTarget(BlobTarget target, MemorySegment padding) {
    this.target = target;
    this.blobLength = target.length();
    this.padding = padding;
  }

  /**
   * Returns one to be written and then read again; the arena gives memory of the padding's length.
   */
  static PaddedTarget keeping(BlobTarget target, long paddedLength, Arena arena) {
    return new PaddedTarget(target, arena.allocate(Math.max(1, paddedLength - target.length()), 1));
  }

  /** Returns one to be written only. */
  static PaddedTarget dropping(BlobTarget target) {
    return new PaddedTarget(target, null);
  }

  void write(long offset, MemorySegment bytes) throws IOException {
    long inBlob = inBlob(offset, bytes);
    if (inBlob > 0) {
      target.write(offset, bytes.asSlice(0, inBlob));
    }
    long rest = bytes.byteSize() - inBlob;
    if (padding != null && rest > 0) {
      MemorySegment.copy(bytes, inBlob, padding, offset + inBlob - blobLength, rest);
    }
  }

  void read(long offset, MemorySegment bytes) throws IOException {
    long inBlob = inBlob(offset, bytes);
    if (inBlob > 0) {
      target.read(offset, bytes.asSlice(0, inBlob));
    }
    long rest = bytes.byteSize() - inBlob;
    if (rest > 0) {
      MemorySegment.copy(padding, offset + inBlob - blobLength, bytes, inBlob, rest);
    }
  }

  private long inBlob(long offset, MemorySegment bytes) {
    return Math.clamp(blobLength - offset, 0, bytes.byteSize());
  }
}
