package io.redstuff.stream;

import java.io.EOFException;
import java.lang.foreign.MemorySegment;

/** A blob in memory. */
record SegmentBlob(MemorySegment blob) implements BlobTarget {
  @Override
  public long length() {
    return blob.byteSize();
  }

  @Override
  public void read(long offset, MemorySegment target) throws EOFException {
    FileBlob.checkEnd(offset, target.byteSize(), length());
    MemorySegment.copy(blob, offset, target, 0, target.byteSize());
  }

  @Override
  public void write(long offset, MemorySegment bytes) {
    MemorySegment.copy(bytes, 0, blob, offset, bytes.byteSize());
  }
}
