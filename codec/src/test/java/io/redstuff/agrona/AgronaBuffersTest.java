package io.redstuff.agrona;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With buffers that answer what Agrona's own would, since Agrona's own cannot be made without a JVM
 * flag and that none is needed here is part of what is tested; and once with Agrona's own, in a JVM
 * of their own.
 */
class AgronaBuffersTest {

  private static final byte[] CONTENT = {10, 20, 30, 40, 50, 60, 70};

  private static MutableDirectBuffer buffer(
      byte[] array, ByteBuffer behind, int wrapAdjustment, int capacity) {
    return (MutableDirectBuffer)
        Proxy.newProxyInstance(
            AgronaBuffersTest.class.getClassLoader(),
            new Class<?>[] {MutableDirectBuffer.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "byteArray" -> array;
                  case "byteBuffer" -> behind;
                  case "wrapAdjustment" -> wrapAdjustment;
                  case "capacity" -> capacity;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static ByteBuffer direct(int before, int after) {
    return ByteBuffer.allocateDirect(before + CONTENT.length + after).put(before, CONTENT);
  }

  private static byte[] array(int before, int after) {
    byte[] array = new byte[before + CONTENT.length + after];
    System.arraycopy(CONTENT, 0, array, before, CONTENT.length);
    return array;
  }

  /** What Agrona's buffers answer, for the ways of wrapping {@link #CONTENT}. */
  static Stream<Named<MutableDirectBuffer>> buffers() {
    int length = CONTENT.length;
    ByteBuffer heap = ByteBuffer.wrap(array(3, 2)).position(4).limit(6);
    return Stream.of(
        Named.of("array", buffer(array(0, 0), null, 0, length)),
        Named.of("part of an array", buffer(array(3, 2), null, 3, length)),
        Named.of("heap ByteBuffer", buffer(heap.array(), heap, 3, length)),
        Named.of("direct ByteBuffer", buffer(null, direct(0, 0), 0, length)),
        Named.of("part of a direct ByteBuffer", buffer(null, direct(3, 2), 3, length)),
        Named.of(
            "direct ByteBuffer with a position and limit",
            buffer(null, direct(3, 2).position(8).limit(9), 3, length)),
        Named.of("direct slice", buffer(null, direct(3, 2).position(1).slice(), 2, length)));
  }

  @ParameterizedTest
  @MethodSource("buffers")
  void viewsTheCapacity(MutableDirectBuffer buffer) {
    MemorySegment view = AgronaBuffers.segment(buffer);
    assertArrayEquals(CONTENT, view.toArray(ValueLayout.JAVA_BYTE));
    assertTrue(view.isReadOnly());
    assertEquals(buffer.byteArray() == null, view.isNative());

    MemorySegment part = AgronaBuffers.segment(buffer, 2, 3);
    assertArrayEquals(Arrays.copyOfRange(CONTENT, 2, 5), part.toArray(ValueLayout.JAVA_BYTE));
    assertTrue(part.isReadOnly());
    assertEquals(0, AgronaBuffers.segment(buffer, CONTENT.length, 0).byteSize());

    MemorySegment writable = AgronaBuffers.writableSegment(buffer);
    assertFalse(writable.isReadOnly());
    writable.set(ValueLayout.JAVA_BYTE, 1, (byte) 99);
    assertEquals(99, view.get(ValueLayout.JAVA_BYTE, 1));
    assertEquals(CONTENT.length, writable.byteSize());
  }

  @ParameterizedTest
  @MethodSource("buffers")
  void refusesPartsOutsideTheCapacity(MutableDirectBuffer buffer) {
    int length = CONTENT.length;
    for (int[] part :
        new int[][] {{-1, 1}, {0, length + 1}, {1, length}, {0, -1}, {Integer.MAX_VALUE, 1}}) {
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> AgronaBuffers.segment(buffer, part[0], part[1]),
          Arrays.toString(part));
    }
  }

  @Test
  void readOnlyBuffers() {
    ByteBuffer direct = direct(0, 0).asReadOnlyBuffer();
    MutableDirectBuffer overDirect = buffer(null, direct, 0, CONTENT.length);
    assertArrayEquals(CONTENT, AgronaBuffers.segment(overDirect).toArray(ValueLayout.JAVA_BYTE));
    // Agrona digs out the array behind a read-only heap buffer.
    byte[] array = array(0, 0);
    MutableDirectBuffer overHeap =
        buffer(array, ByteBuffer.wrap(array).asReadOnlyBuffer(), 0, CONTENT.length);
    for (MutableDirectBuffer readOnly : new MutableDirectBuffer[] {overDirect, overHeap}) {
      assertEquals(
          "buffer: got one over a read-only ByteBuffer",
          assertThrows(
                  IllegalArgumentException.class, () -> AgronaBuffers.writableSegment(readOnly))
              .getMessage());
    }
  }

  @Test
  void refusesBareAddresses() {
    MutableDirectBuffer bare = buffer(null, null, 0, 8);
    String expected =
        "buffer: got one over a bare address, expected one over an array or a ByteBuffer";
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> AgronaBuffers.segment(bare))
            .getMessage());
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> AgronaBuffers.writableSegment(bare))
            .getMessage());
  }

  /**
   * The directory or archive that a class was loaded from, also if it was patched into a module.
   */
  private static String origin(Class<?> type) throws Exception {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource("/" + file);
    if (url.getProtocol().equals("jar")) {
      return Path.of(((JarURLConnection) url.openConnection()).getJarFileURL().toURI()).toString();
    }
    String path = Path.of(url.toURI()).toString();
    return path.substring(0, path.length() - file.length() - 1);
  }

  @Tag("slow")
  @Test
  void agronasOwnBuffers() throws Exception {
    String classPath =
        String.join(
            File.pathSeparator,
            origin(AgronaBuffers.class),
            origin(OwnAgronaBuffers.class),
            origin(MutableDirectBuffer.class));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                classPath,
                OwnAgronaBuffers.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(output.contains("checked 12 buffers"), output);
    assertEquals(0, process.waitFor(), output);
  }
}
