package io.redstuff.agrona;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A program that views Agrona's own buffers. They can only be made in a JVM started with a flag, so
 * {@link AgronaBuffersTest} starts one.
 */
public final class OwnAgronaBuffers {

  private static final byte[] CONTENT = {10, 20, 30, 40, 50, 60, 70};
  private static final int LENGTH = CONTENT.length;

  private OwnAgronaBuffers() {}

  private static byte[] array() {
    byte[] array = new byte[3 + LENGTH + 2];
    System.arraycopy(CONTENT, 0, array, 3, LENGTH);
    return array;
  }

  private static ByteBuffer direct() {
    return ByteBuffer.allocateDirect(3 + LENGTH + 2).put(3, CONTENT);
  }

  private static Map<String, MutableDirectBuffer> buffers() {
    Map<String, MutableDirectBuffer> buffers = new LinkedHashMap<>();
    buffers.put("array", new UnsafeBuffer(CONTENT.clone()));
    buffers.put("part of an array", new UnsafeBuffer(array(), 3, LENGTH));
    buffers.put("heap ByteBuffer", new UnsafeBuffer(ByteBuffer.wrap(array()), 3, LENGTH));
    buffers.put(
        "heap slice", new UnsafeBuffer(ByteBuffer.wrap(array()).position(2).slice(), 1, LENGTH));
    buffers.put("direct ByteBuffer", new UnsafeBuffer(direct(), 3, LENGTH));
    buffers.put("direct slice", new UnsafeBuffer(direct().position(2).slice(), 1, LENGTH));
    buffers.put("UnsafeBuffer", new UnsafeBuffer(new UnsafeBuffer(array(), 1, 10), 2, LENGTH));
    buffers.put(
        "UnsafeBuffer over direct", new UnsafeBuffer(new UnsafeBuffer(direct(), 1, 10), 2, LENGTH));
    buffers.put("ExpandableArrayBuffer", new ExpandableArrayBuffer(LENGTH));
    buffers.put("ExpandableDirectByteBuffer", new ExpandableDirectByteBuffer(LENGTH));
    return buffers;
  }

  private static void check(String kind, MemorySegment segment, int offset, int length) {
    byte[] expected = Arrays.copyOfRange(CONTENT, offset, offset + length);
    byte[] got = segment.toArray(ValueLayout.JAVA_BYTE);
    if (!Arrays.equals(expected, got)) {
      throw new AssertionError(
          kind + ": got " + Arrays.toString(got) + ", expected " + Arrays.toString(expected));
    }
  }

  /**
   * Checks all kinds and prints how many there were.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    int checked = 0;
    for (Map.Entry<String, MutableDirectBuffer> entry : buffers().entrySet()) {
      String kind = entry.getKey();
      MutableDirectBuffer buffer = entry.getValue();
      buffer.putBytes(0, CONTENT);
      DirectBuffer readable = buffer;
      check(kind, AgronaBuffers.segment(readable), 0, LENGTH);
      check(kind, AgronaBuffers.segment(readable, 2, 4), 2, 4);
      AgronaBuffers.writableSegment(buffer).set(ValueLayout.JAVA_BYTE, 6, (byte) 99);
      if (buffer.getByte(6) != 99) {
        throw new AssertionError(kind + ": written bytes did not arrive");
      }
      checked++;
    }
    for (ByteBuffer behind :
        new ByteBuffer[] {
          direct().asReadOnlyBuffer(), ByteBuffer.wrap(array()).asReadOnlyBuffer()
        }) {
      MutableDirectBuffer readOnly = new UnsafeBuffer(behind, 3, LENGTH);
      check("read-only", AgronaBuffers.segment(readOnly), 0, LENGTH);
      try {
        AgronaBuffers.writableSegment(readOnly);
        throw new AssertionError("a read-only buffer was given out for writing");
      } catch (IllegalArgumentException e) {
        checked++;
      }
    }
    System.out.println("checked " + checked + " buffers");
  }
}
