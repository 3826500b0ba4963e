package io.redstuff.agrona;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Views Agrona buffers as memory segments, without copying.
 *
 * <p>Agrona is an optional dependency: no other class of this library names it. Only its interfaces
 * are touched here, which needs no JVM flag; making one of Agrona's own buffers does, on current
 * JDKs.
 *
 * <p>A view holds on to the array or {@link ByteBuffer} under the buffer at the time of the call.
 * When the buffer is wrapped around something else, or an expandable one grows, the view has to be
 * taken anew.
 *
 * @since 0.1.0
 */
// Whoever calls this reads Agrona anyway; passing it on would force it on everybody else.
@SuppressWarnings("exports")
public final class AgronaBuffers {

  private AgronaBuffers() {}

  /**
   * Views all of a buffer for reading.
   *
   * @param buffer a buffer over an array or a {@link ByteBuffer}
   * @return a read-only segment of {@code buffer.capacity()} bytes, native if the buffer is
   * @throws IllegalArgumentException if the buffer wraps a bare address
   */
  public static MemorySegment segment(DirectBuffer buffer) {
    return view(buffer).asReadOnly();
  }

  /**
   * Views a part of a buffer for reading.
   *
   * @param buffer a buffer over an array or a {@link ByteBuffer}
   * @param offset where the part begins, in bytes
   * @param length its length in bytes
   * @return a read-only segment of {@code length} bytes, native if the buffer is
   * @throws IllegalArgumentException if the buffer wraps a bare address
   * @throws IndexOutOfBoundsException if the part does not lie within the buffer's capacity
   */
  public static MemorySegment segment(DirectBuffer buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.capacity());
    return view(buffer).asSlice(offset, length).asReadOnly();
  }

  /**
   * Views all of a buffer for writing.
   *
   * @param buffer a buffer over an array or a {@link ByteBuffer}
   * @return a segment of {@code buffer.capacity()} bytes, native if the buffer is
   * @throws IllegalArgumentException if the buffer wraps a bare address or a read-only {@link
   *     ByteBuffer}
   */
  public static MemorySegment writableSegment(MutableDirectBuffer buffer) {
    ByteBuffer behind = buffer.byteBuffer();
    if (behind != null && behind.isReadOnly()) {
      throw new IllegalArgumentException("buffer: got one over a read-only ByteBuffer");
    }
    return view(buffer);
  }

  private static MemorySegment view(DirectBuffer buffer) {
    // Relative to the array or to byte 0 of the ByteBuffer; addressOffset() would be absolute.
    int start = buffer.wrapAdjustment();
    int capacity = buffer.capacity();
    byte[] array = buffer.byteArray();
    if (array != null) {
      return MemorySegment.ofArray(array).asSlice(start, capacity);
    }
    ByteBuffer behind = buffer.byteBuffer();
    if (behind != null) {
      return MemorySegment.ofBuffer(behind.duplicate().clear()).asSlice(start, capacity);
    }
    throw new IllegalArgumentException(
        "buffer: got one over a bare address, expected one over an array or a ByteBuffer");
  }
}
