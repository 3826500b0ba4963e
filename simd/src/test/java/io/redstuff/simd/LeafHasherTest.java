package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine's hashing against {@link Blake2b}, one message at a time. */
class LeafHasherTest {
  private static final byte UNTOUCHED = 0x77;

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  /** Memory that ends with the last message, so that a read beyond it fails. */
  private static void check(
      Engine engine, int prefix, int before, long length, long gap, int count, long outGap) {
    long stride = length + gap;
    long outStride = LeafHasher.DIGEST_BYTES + outGap;
    try (Arena arena = Arena.ofConfined()) {
      long inBytes = before + (count == 0 ? 0 : (count - 1) * stride + length);
      MemorySegment in = arena.allocate(inBytes, 1);
      byte[] random = new byte[(int) inBytes];
      new Random(length * 31 + count).nextBytes(random);
      MemorySegment.copy(random, 0, in, JAVA_BYTE, 0, random.length);
      MemorySegment out = arena.allocate(5 + count * outStride, 1).fill(UNTOUCHED);
      new LeafHasher(engine, arena)
          .hash(prefix, in.asReadOnly(), before, stride, length, count, out, 5, outStride);
      byte[] expected = new byte[(int) out.byteSize()];
      Arrays.fill(expected, UNTOUCHED);
      for (int i = 0; i < count; i++) {
        byte[] digest =
            new Blake2b().update((byte) prefix).update(in, before + i * stride, length).digest();
        System.arraycopy(digest, 0, expected, (int) (5 + i * outStride), digest.length);
      }
      assertArrayEquals(
          expected,
          out.toArray(JAVA_BYTE),
          () -> engine + ": " + count + " messages of " + length + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyLength(Engine engine) {
    for (int length = 0; length <= 400; length++) {
      check(engine, length % 2, length % 3, length, 0, 9, 0);
    }
    for (int length : new int[] {1023, 1024, 1025, 1206, 4821, 65_534}) {
      check(engine, 0, 0, length, 0, 9, 0);
      check(engine, 1, 1, length, 3, 2, 8);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyCount(Engine engine) {
    for (int count = 0; count <= 25; count++) {
      for (int length : IntStream.of(2, 7, 8, 64, 127, 128, 302).toArray()) {
        check(engine, 0, 0, length, 0, count, 0);
        check(engine, 1, 7, length, 5, count, 3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyPrefixByte(Engine engine) {
    for (int prefix = 0; prefix < 256; prefix++) {
      check(engine, prefix, 0, 64, 0, 3, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void messagesMayOverlapOneAnother(Engine engine) {
    check(engine, 0, 0, 100, -60, 20, 0);
    check(engine, 0, 0, 100, -100, 20, 0);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void levelsOfATreeFoldInPlace(Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment level = arena.allocate(64 * 37, 64);
      for (long i = 0; i < level.byteSize(); i++) {
        level.set(JAVA_BYTE, i, (byte) (i * i));
      }
      MemorySegment apart = arena.allocate(32 * 37, 64);
      LeafHasher hasher = new LeafHasher(engine, arena);
      hasher.hashPairs(level, 0, 37, apart, 0);
      hasher.hashPairs(level, 0, 37, level, 0);
      assertArrayEquals(apart.toArray(JAVA_BYTE), level.asSlice(0, 32 * 37).toArray(JAVA_BYTE));
    }
  }

  @Test
  void rangesOutsideAreRefusedBeforeAnythingIsWritten() {
    try (Arena arena = Arena.ofConfined()) {
      LeafHasher hasher = new LeafHasher(Engines.named(Engines.selected().name()), arena);
      MemorySegment in = arena.allocate(100);
      MemorySegment out = arena.allocate(64).fill(UNTOUCHED);
      String message =
          assertThrows(
                  IndexOutOfBoundsException.class,
                  () -> hasher.hash(0, in, 1, 50, 50, 2, out, 0, 32))
              .getMessage();
      assertTrue(message.contains("100"), message);
      assertThrows(
          IndexOutOfBoundsException.class, () -> hasher.hash(0, in, 0, 50, 50, 2, out, 1, 32));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> hasher.hash(0, in, 0, Long.MAX_VALUE, 50, 3, out, 0, 32));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> hasher.hash(0, in, 0, 0, 1, Long.MAX_VALUE, out, 0, 32));
      assertThrows(
          IllegalArgumentException.class, () -> hasher.hash(256, in, 0, 0, 1, 1, out, 0, 32));
      assertThrows(
          IllegalArgumentException.class, () -> hasher.hash(0, in, 0, 0, -1, 1, out, 0, 32));
      assertThrows(
          IllegalArgumentException.class, () -> hasher.hash(0, in, 0, 1, 1, 2, out, 0, 31));
      MemorySegment heap = MemorySegment.ofArray(new byte[100]);
      assertThrows(
          IllegalArgumentException.class, () -> hasher.hash(0, heap, 0, 1, 1, 1, out, 0, 32));
      assertThrows(
          IllegalArgumentException.class, () -> hasher.hash(0, in, 0, 1, 1, 1, heap, 0, 32));
      for (int i = 0; i < 64; i++) {
        assertEquals(UNTOUCHED, out.get(JAVA_BYTE, i));
      }
    }
  }
}
