package io.redstuff.simd.hash;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.EnginesUnderTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashing in lanes against one message at a time, on every engine. */
class LaneHasherTest {
  private static final int GROUP = LaneHasher.GROUP_BYTES;
  private static final long SEED = 0x1A9E5L;
  private static final byte GUARD = 0x5A;

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  private static MemorySegment random(Arena arena, long bytes, Random random) {
    byte[] content = new byte[(int) bytes];
    random.nextBytes(content);
    return arena.allocate(bytes, 8).copyFrom(MemorySegment.ofArray(content));
  }

  private static byte[] digest(MemorySegment groups, long index) {
    byte[] digest = new byte[32];
    long group = index / 8 * GROUP;
    LaneHasher.get(groups, group, (int) (index % 8), MemorySegment.ofArray(digest), 0);
    return digest;
  }

  private static byte[] bytes(MemorySegment segment, long at, long length) {
    return segment.asSlice(at, length).toArray(JAVA_BYTE);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void leavesAreThoseOfOneMessageAtATime(Engine engine) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofConfined()) {
      LaneHasher hasher = new LaneHasher(engine.hash(), arena);
      for (int round = 0; round < 400; round++) {
        int length = round < 20 ? round : random.nextInt(400);
        int count = 1 + random.nextInt(round % 8 == 0 ? 300 : 25);
        int offset = random.nextInt(9);
        long stride = (long) length + (random.nextBoolean() ? 0 : random.nextInt(90));
        MemorySegment in =
            random(arena, Math.max(1, offset + (count - 1) * stride + length), random);
        int groups = (count + 7) / 8;
        MemorySegment out = arena.allocate((groups + 2L) * GROUP, 8).fill(GUARD);
        hasher.hashLeaves(in, offset, stride, length, count, out, GROUP);
        MemorySegment digests = out.asSlice(GROUP, (long) groups * GROUP);
        for (int i = 0; i < count; i++) {
          byte[] message = bytes(in, offset + i * stride, length);
          assertArrayEquals(
              Blake2b.hash(new byte[] {0}, message),
              digest(digests, i),
              "%s, seed %x, round %s: %s messages of %s bytes"
                  .formatted(engine, SEED, round, count, length));
        }
        byte[] guards = new byte[GROUP];
        Arrays.fill(guards, GUARD);
        assertArrayEquals(guards, bytes(out, 0, GROUP));
        assertArrayEquals(guards, bytes(out, (groups + 1L) * GROUP, GROUP));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void nodesAreHashedLaneByLaneInPlaceOrNot(Engine engine) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofConfined()) {
      LaneHasher hasher = new LaneHasher(engine.hash(), arena);
      int count = 37;
      MemorySegment in = random(arena, 2L * count * GROUP, random);
      byte[][] expected = new byte[2 * count * 8][];
      for (int i = 0; i < count * 8; i++) {
        long left = i / 8 * 16L + i % 8;
        expected[i] = Blake2b.hash(new byte[] {1}, digest(in, left), digest(in, left + 8));
        expected[count * 8 + i] =
            Blake2b.hash(new byte[] {1}, digest(in, i), digest(in, i + count * 8L));
      }
      MemorySegment apart = arena.allocate((long) count * GROUP, 8);
      hasher.fold(in, 0, (long) count * GROUP, GROUP, count, apart, 0);
      for (int i = 0; i < count * 8; i++) {
        assertArrayEquals(expected[count * 8 + i], digest(apart, i), "far pairs, lane " + i);
      }
      hasher.fold(in, 0, GROUP, 2L * GROUP, count, in, 0);
      for (int i = 0; i < count * 8; i++) {
        assertArrayEquals(expected[i], digest(in, i), "neighbors in place, lane " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void transpositionExchangesGroupAndLane(Engine engine) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofConfined()) {
      LaneHasher hasher = new LaneHasher(engine.hash(), arena);
      long stride = 3L * GROUP;
      MemorySegment in = random(arena, GROUP + 8 * stride, random);
      MemorySegment out = arena.allocate(9L * GROUP, 8).fill(GUARD);
      hasher.transpose(in, GROUP, stride, out, 0);
      for (int group = 0; group < 8; group++) {
        for (int lane = 0; lane < 8; lane++) {
          assertArrayEquals(
              digest(in.asSlice(GROUP + lane * stride), group), digest(out, group * 8L + lane));
        }
      }
      assertEquals(GUARD, out.get(JAVA_BYTE, 8L * GROUP));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void tableOfTwoByteLeavesGivesWhatHashingGives(Engine engine) {
    Random random = new Random(SEED);
    try (Arena arena = Arena.ofConfined()) {
      TwoByteLeaves table = new TwoByteLeaves(engine.hash(), arena);
      LaneHasher hasher = new LaneHasher(Engines.named("reference").hash(), arena);
      int count = 203;
      MemorySegment in = random(arena, 1 + 5L * count, random);
      MemorySegment expected = arena.allocate(26L * GROUP, 8);
      MemorySegment actual = arena.allocate(26L * GROUP, 8);
      hasher.hashLeaves(in, 1, 5, 2, count, expected, 0);
      table.lookUp(in, 1, 5, count, actual, 0);
      for (int i = 0; i < count; i++) {
        assertArrayEquals(digest(expected, i), digest(actual, i), "message " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatLiesOutsideIsRefusedBeforeAnythingIsWritten(Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      LaneHasher hasher = new LaneHasher(engine.hash(), arena);
      MemorySegment memory = arena.allocate(64L * GROUP, 8);
      MemorySegment small = arena.allocate(GROUP, 8);
      assertThrows(
          IndexOutOfBoundsException.class, () -> hasher.hashLeaves(memory, 0, 10, 10, 9, small, 0));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> hasher.hashLeaves(small, 0, 128, 129, 2, memory, 0));
      assertThrows(
          IndexOutOfBoundsException.class, () -> hasher.fold(memory, 0, GROUP, 0, 2, small, 0));
      assertThrows(
          IndexOutOfBoundsException.class, () -> hasher.fold(small, 0, GROUP, 0, 1, memory, 0));
      assertThrows(
          IndexOutOfBoundsException.class, () -> hasher.transpose(memory, 0, GROUP, small, 0));
      MemorySegment heap = MemorySegment.ofArray(new long[64 * GROUP / 8]);
      assertThrows(
          IllegalArgumentException.class, () -> hasher.hashLeaves(heap, 0, 1, 1, 1, memory, 0));
      assertThrows(
          IllegalArgumentException.class,
          () -> hasher.fold(memory, 0, GROUP, 0, 1, memory.asReadOnly(), 0));
      assertThrows(
          IllegalArgumentException.class,
          () -> hasher.hashLeaves(memory, 0, 1, 1, -1, memory, 1024));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> LaneHasher.get(memory, 0, LaneHasher.LANES, small, 0));
      assertArrayEquals(new byte[GROUP], small.toArray(JAVA_BYTE));
    }
  }

  /** Each refusal names what is wrong: no kernel ran into it. */
  @ParameterizedTest
  @MethodSource("engines")
  void refusalsNameWhatIsWrong(Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      LaneHasher hasher = new LaneHasher(engine.hash(), arena);
      MemorySegment in = arena.allocate(8L * GROUP, 8);
      MemorySegment out = arena.allocate(2L * GROUP, 8);
      MemorySegment heap = MemorySegment.ofArray(new long[8 * GROUP / 8]);
      long end = in.byteSize() - GROUP;
      refused("stride: got -8", () -> hasher.fold(in, 0, GROUP, -8, 1, out, 0));
      refused("count: got -1", () -> hasher.fold(in, 0, GROUP, 0, -1, out, 0));
      refused("in: got a heap", () -> hasher.fold(heap, 0, GROUP, 0, 1, out, 0));
      refused("left children", () -> hasher.fold(in, end, 0, GROUP, 2, out, 0));
      refused("right children", () -> hasher.fold(in, 0, end, GROUP, 2, out, 0));
      refused("nodes", () -> hasher.fold(in, 0, GROUP, 0, 3, out, 0));
      refused("length: got -1", () -> hasher.hashLeaves(in, 0, 1, -1, 1, out, 0));
      refused("stride: got -8", () -> hasher.hashLeaves(in, 8, -8, 1, 2, out, 0));
      refused("messages: got 2", () -> hasher.hashLeaves(in, 0, 8, in.byteSize(), 2, out, 0));
      refused("groups: got 3", () -> hasher.hashLeaves(in, 0, 1, 1, 17, out, 0));
      refused("turned: got 8", () -> hasher.transpose(in, 0, GROUP, out, 0));
      assertArrayEquals(new byte[2 * GROUP], out.toArray(JAVA_BYTE));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void groupsThatCannotBeTurnedAreRefused(Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      LaneHasher hasher = new LaneHasher(engine.hash(), arena);
      MemorySegment in = arena.allocate(8L * GROUP, 8).fill(GUARD);
      MemorySegment out = arena.allocate(8L * GROUP, 8);
      MemorySegment heap = MemorySegment.ofArray(new long[8 * GROUP / 8]);
      refused("stride: got -8", () -> hasher.transpose(in, 7L * 8, -8, out, 0));
      refused("in: got a heap", () -> hasher.transpose(heap, 0, GROUP, out, 0));
      refused("groups: got 8", () -> hasher.transpose(in, GROUP, GROUP, out, 0));
      assertArrayEquals(new byte[8 * GROUP], out.toArray(JAVA_BYTE));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aFullGroupNeedsNoMoreRoomThanItself(Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(LaneHasher.LANES, 8).fill(GUARD);
      MemorySegment out = arena.allocate(GROUP, 8);
      new LaneHasher(engine.hash(), arena).hashLeaves(in, 0, 1, 1, LaneHasher.LANES, out, 0);
      for (int lane = 0; lane < LaneHasher.LANES; lane++) {
        assertArrayEquals(Blake2b.hash(new byte[] {0, GUARD}), digest(out, lane));
      }
    }
  }

  private static void refused(String expected, Executable call) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
