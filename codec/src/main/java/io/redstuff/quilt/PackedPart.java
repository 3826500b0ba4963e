package io.redstuff.quilt;

import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The bytes of an index or a file as they stand in its columns: a head, contents, then zeros. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record PackedPart(byte[] head, BlobSource contents) {
  /** What takes no bytes: the columns that are left. */
  static final PackedPart FREE = of(new byte[0]);

  static PackedPart of(byte[] head) {
    return new PackedPart(head, BlobSource.of(MemorySegment.ofArray(new byte[0])));
  }

  long length() {
    return head.length + contents.length();
  }

  /** Reads bytes, from any place on. */
  void read(long offset, MemorySegment target) throws IOException {
    long size = target.byteSize();
    long ofHead = Math.clamp(head.length - offset, 0, size);
    if (ofHead > 0) {
      MemorySegment.copy(MemorySegment.ofArray(head), offset, target, 0, ofHead);
    }
    long there = Math.clamp(length() - offset, 0, size);
    if (there > ofHead) {
      contents.read(offset + ofHead - head.length, target.asSlice(ofHead, there - ofHead));
    }
    target.asSlice(there).fill((byte) 0);
  }
}
