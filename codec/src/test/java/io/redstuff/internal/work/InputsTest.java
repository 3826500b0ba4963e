package io.redstuff.internal.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InputsTest {

  private static final byte[] CONTENT = {10, 20, 30, 40, 50, 60, 70};

  /** Buffers from whose position to whose limit {@link #CONTENT} stands. */
  static Stream<Named<ByteBuffer>> buffers() {
    return Stream.of(false, true)
        .flatMap(
            direct -> {
              String kind = direct ? "direct" : "heap";
              return Stream.of(
                  Named.of(kind, filled(direct, 0, 0)),
                  Named.of(kind + " with position and limit", filled(direct, 3, 5)),
                  Named.of(kind + " slice", filled(direct, 3, 5).slice()),
                  Named.of(kind + " slice of a part", sliceOfPart(direct)),
                  Named.of(kind + " read-only", filled(direct, 3, 5).asReadOnlyBuffer()),
                  Named.of(
                      kind + " read-only slice", filled(direct, 3, 5).asReadOnlyBuffer().slice()),
                  Named.of(
                      kind + " little-endian",
                      filled(direct, 1, 1).order(ByteOrder.LITTLE_ENDIAN)));
            });
  }

  private static ByteBuffer filled(boolean direct, int before, int after) {
    int capacity = before + CONTENT.length + after;
    ByteBuffer buffer =
        direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    buffer.position(before).put(CONTENT);
    return buffer.flip().position(before);
  }

  private static ByteBuffer sliceOfPart(boolean direct) {
    ByteBuffer slice = filled(direct, 3, 5).position(1).slice();
    return slice.position(2).limit(2 + CONTENT.length);
  }

  @ParameterizedTest
  @MethodSource("buffers")
  void viewsFromPositionToLimit(ByteBuffer buffer) {
    int position = buffer.position();
    int limit = buffer.limit();
    MemorySegment segment = Inputs.segment(buffer);
    assertArrayEquals(CONTENT, segment.toArray(ValueLayout.JAVA_BYTE));
    assertEquals(position, buffer.position());
    assertEquals(limit, buffer.limit());
    assertEquals(buffer.isDirect(), segment.isNative());
    assertTrue(segment.isReadOnly());
  }

  @Test
  void nothingIsCopied() {
    byte[] array = CONTENT.clone();
    MemorySegment ofArray = Inputs.segment(array);
    MemorySegment ofBuffer = Inputs.segment(ByteBuffer.wrap(array, 2, 3));
    array[2] = 99;
    assertEquals(99, ofArray.get(ValueLayout.JAVA_BYTE, 2));
    assertEquals(99, ofBuffer.get(ValueLayout.JAVA_BYTE, 0));
    assertEquals(7, ofArray.byteSize());
    assertEquals(3, ofBuffer.byteSize());
    assertTrue(ofArray.isReadOnly());
  }

  @Test
  void empty() {
    assertEquals(0, Inputs.segment(new byte[0]).byteSize());
    assertEquals(0, Inputs.segment(ByteBuffer.allocate(0)).byteSize());
    assertEquals(0, Inputs.segment(ByteBuffer.allocateDirect(8).position(8)).byteSize());
  }
}
