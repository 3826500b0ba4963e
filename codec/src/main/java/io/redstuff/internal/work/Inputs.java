package io.redstuff.internal.work;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Read-only segments over the kinds of memory a caller may hand in. Nothing is copied. */
public final class Inputs {

  private Inputs() {}

  /**
   * Views an array.
   *
   * @param bytes the array
   * @return a read-only heap segment over all of it
   */
  public static MemorySegment segment(byte[] bytes) {
    return MemorySegment.ofArray(bytes).asReadOnly();
  }

  /**
   * Views the bytes from the position to the limit of a buffer. The buffer may be on the heap or
   * direct, a slice, and read-only; its position, limit and byte order are neither used up nor
   * changed.
   *
   * @param buffer the buffer, which the segment keeps reachable
   * @return a read-only segment of {@code buffer.remaining()} bytes, native for a direct buffer
   */
  public static MemorySegment segment(ByteBuffer buffer) {
    return MemorySegment.ofBuffer(buffer).asReadOnly();
  }
}
