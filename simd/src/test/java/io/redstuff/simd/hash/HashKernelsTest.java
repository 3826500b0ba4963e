package io.redstuff.simd.hash;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.EnginesUnderTest;
import io.redstuff.simd.LeafHasher;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link HashKernels}, on every engine that can run here. */
class HashKernelsTest {
  /**
   * Accumulated digests, made with Python's hashlib: prefix, first length, last length, number of
   * messages, offset of the first, gap between two, SHA-256 of all digests in the order of lengths
   * and messages. Byte i of the memory is {@code (i * 0x9E3779B1) >>> 24} of 32 bits.
   */
  private static final String[] GOLDEN = {
    "0,0,300,5,0,0,b28903cea4397893937b14cad20b8ba96515bb79ecaa229843ae7a59db043858",
    "1,0,300,11,3,5,595922e2389eaff02c5d072055ffa548dc100c4293ffedd7db8ccd21303b00f4",
    "0,2,126,20,1,2,80c342e4c02bb34e19042c17792279203c9794bcbd84616681fc58948ea91d21",
    "255,64,64,1000,0,0,6f9451f21294fa909798761bf120f50c035d27e13c722f29ded845e56f2d0937",
    "0,1023,1025,9,0,0,d8aebca14b1998abc2a86584421253b2f2d3f0f48bda78a051b3afe7d4fd14b8",
    "1,1022,1026,8,7,13,22ede63b134018fda482a821f296202c8709347e6ad7c75c184ef7cc28b5617a",
    "0,4821,4821,17,0,0,9756cdf7b737a4d7b479a349ceb019a39b9a2586c7f5ead54363b2ae02554e11",
    "0,65534,65534,9,0,0,3c9e5c6b4df52b1c5fef695ea5c4f18c30342f495f9ae3811920754f838dd24a"
  };

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  @Test
  @Tag("vectors")
  void everyKernelSetIsUnderTest() {
    assertEquals(
        List.of(
            ReferenceHashKernels.class,
            PlainHashKernels.class,
            Vector128HashKernels.class,
            Vector256HashKernels.class,
            Vector512HashKernels.class),
        Engines.available().stream().map(engine -> engine.hash().getClass()).toList());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void accumulatedDigestsAreThoseOfHashlib(Engine engine) throws NoSuchAlgorithmException {
    for (String row : GOLDEN) {
      String[] fields = row.split(",");
      int[] number = Arrays.stream(fields).limit(6).mapToInt(Integer::parseInt).toArray();
      MessageDigest all = MessageDigest.getInstance("SHA-256");
      for (int length = number[1]; length <= number[2]; length++) {
        all.update(hash(engine, number[0], length, number[3], number[4], number[5]));
      }
      assertEquals(fields[6], HexFormat.of().formatHex(all.digest()), () -> engine + ": " + row);
    }
  }

  /**
   * Hashes in memory that is not a byte longer than the messages, and that scratch cannot reach.
   */
  private static byte[] hash(
      Engine engine, int prefix, int length, int count, int offset, int gap) {
    try (Arena arena = Arena.ofConfined()) {
      long stride = (long) length + gap;
      MemorySegment in = arena.allocate(offset + (count - 1) * stride + length, 1);
      for (int i = 0; i < in.byteSize(); i++) {
        in.set(JAVA_BYTE, i, (byte) ((i * 0x9E3779B1) >>> 24));
      }
      MemorySegment out = arena.allocate(32L * count, 1);
      HashScratch scratch = new HashScratch(arena);
      engine.hash().hash(prefix, in, offset, stride, length, count, out, 0, 32, scratch);
      return out.toArray(JAVA_BYTE);
    }
  }

  /** One scratch for calls of every shape, and whatever is left in it. */
  @ParameterizedTest
  @MethodSource("engines")
  void whatScratchHoldsDoesNotMatter(Engine engine) {
    long seed = 0x5EEDL;
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      HashScratch scratch = new HashScratch(arena);
      HashScratch ofReference = new HashScratch(arena);
      for (int round = 0; round < 400; round++) {
        int prefix = random.nextInt(256);
        int length = random.nextInt(random.nextBoolean() ? 140 : 600);
        int count = 1 + random.nextInt(round % 8 == 0 ? 300 : 20);
        int offset = random.nextInt(70);
        long stride = (long) length + (random.nextBoolean() ? 0 : random.nextInt(100));
        long outStride = 32L + random.nextInt(40);
        long behind = random.nextBoolean() ? 0 : random.nextInt(200);
        byte[] bytes = new byte[(int) (offset + (count - 1) * stride + length + behind)];
        random.nextBytes(bytes);
        MemorySegment in = arena.allocate(bytes.length, 1).copyFrom(MemorySegment.ofArray(bytes));
        MemorySegment expected = arena.allocate(count * outStride, 1);
        MemorySegment actual = arena.allocate(count * outStride, 1);
        if (round % 10 == 0) {
          scratch.memory.fill((byte) random.nextInt());
          Arrays.fill(scratch.words, 0, HashScratch.FREE, random.nextLong());
        }
        Engines.named("reference")
            .hash()
            .hash(prefix, in, offset, stride, length, count, expected, 0, outStride, ofReference);
        engine
            .hash()
            .hash(prefix, in, offset, stride, length, count, actual, 0, outStride, scratch);
        String what =
            "seed %s round %s: %s messages of %s bytes, stride %s, from %s"
                .formatted(seed, round, count, length, stride, offset);
        assertEquals(-1, expected.mismatch(actual), what);
      }
    }
  }

  /** Blocks that are short leave the rest of a longer message in the scratch behind. */
  @ParameterizedTest
  @MethodSource("engines")
  void nodesAndShortLeavesDoNotDependOnTheScratch(Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      int group = (int) LaneDigests.BYTES;
      byte[] digests = new byte[4 * group];
      new Random(11).nextBytes(digests);
      MemorySegment in = arena.allocate(digests.length, 64);
      in.copyFrom(MemorySegment.ofArray(digests));
      HashScratch fresh = new HashScratch(arena);
      HashScratch used = new HashScratch(arena);
      used.memory.fill((byte) 0xA5);
      Arrays.fill(used.words, 0, HashScratch.FREE, 0xA5A5A5A5A5A5A5A5L);
      MemorySegment expected = arena.allocate(2L * group, 64);
      MemorySegment actual = arena.allocate(2L * group, 64);

      engine.hash().foldLanes(in, 0, group, 2L * group, 2, expected, 0, fresh);
      engine.hash().foldLanes(in, 0, group, 2L * group, 2, actual, 0, used);
      assertEquals(-1, expected.mismatch(actual), () -> engine + ", nodes");

      Arrays.fill(used.words, 0, HashScratch.FREE, 0xA5A5A5A5A5A5A5A5L);
      engine.hash().hashTwoByteLeaves(2 * LaneDigests.LANES, expected, fresh);
      engine.hash().hashTwoByteLeaves(2 * LaneDigests.LANES, actual, used);
      assertEquals(-1, expected.mismatch(actual), () -> engine + ", leaves of two bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void mappedFilesAreHashedInPlace(Engine engine, @TempDir Path directory) throws IOException {
    byte[] bytes = new byte[20 * 129];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(directory.resolve("messages"), bytes);
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment in = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes.length, arena);
      MemorySegment out = arena.allocate(20 * 32);
      new LeafHasher(engine, arena).hash(1, in, 0, 129, 129, 20, out, 0, 32);
      for (int i = 0; i < 20; i++) {
        byte[] message = Arrays.copyOfRange(bytes, 129 * i, 129 * (i + 1));
        assertArrayEquals(
            Blake2b.hash(new byte[] {1}, message),
            out.asSlice(32L * i, 32).toArray(JAVA_BYTE),
            () -> engine.name());
      }
    }
  }

  /** The digest of a message may lie over the message itself, however long the group it is in. */
  @ParameterizedTest
  @MethodSource("engines")
  void digestsMayReplaceTheirMessages(Engine engine) {
    for (int length : new int[] {32, 40, 64, 100, 128, 300}) {
      try (Arena arena = Arena.ofConfined()) {
        byte[] bytes = new byte[21 * length];
        new Random(length).nextBytes(bytes);
        MemorySegment memory = arena.allocate(bytes.length, 1);
        memory.copyFrom(MemorySegment.ofArray(bytes));
        new LeafHasher(engine, arena).hash(0, memory, 0, length, length, 21, memory, 0, length);
        for (int i = 0; i < 21; i++) {
          byte[] message = Arrays.copyOfRange(bytes, length * i, length * (i + 1));
          byte[] expected = bytes.clone();
          System.arraycopy(Blake2b.hash(new byte[] {0}, message), 0, expected, length * i, 32);
          byte[] actual = memory.asSlice((long) length * i, length).toArray(JAVA_BYTE);
          assertArrayEquals(
              Arrays.copyOfRange(expected, length * i, length * (i + 1)),
              actual,
              engine + ", length " + length + ", message " + i);
        }
      }
    }
  }

  @Test
  void refusalsSayWhatWasGotAndWhatWasExpected() {
    try (Arena arena = Arena.ofConfined()) {
      LeafHasher hasher = new LeafHasher(Engines.named(Engines.selected().name()), arena);
      MemorySegment in = arena.allocate(100);
      MemorySegment out = arena.allocate(64);
      MemorySegment heap = MemorySegment.ofArray(new byte[64]);
      refused("prefix: got -1", () -> hasher.hash(-1, in, 0, 1, 1, 1, out, 0, 32));
      refused("length: got -5", () -> hasher.hash(0, in, 0, 1, -5, 1, out, 0, 32));
      refused("stride: got -6", () -> hasher.hash(0, in, 0, -6, 1, 1, out, 0, 32));
      refused("count: got -7", () -> hasher.hash(0, in, 0, 1, 1, -7, out, 0, 32));
      refused("outStride: got 31", () -> hasher.hash(0, in, 0, 1, 1, 1, out, 0, 31));
      refused("in: got a heap", () -> hasher.hash(0, heap, 0, 1, 1, 1, out, 0, 32));
      refused("out: got a heap", () -> hasher.hash(0, in, 0, 1, 1, 1, heap, 0, 32));
      refused(
          "out: got a read-only", () -> hasher.hash(0, in, 0, 1, 1, 1, out.asReadOnly(), 0, 32));
      refused("messages: got 3 of 40 bytes", () -> hasher.hash(0, in, 0, 40, 40, 3, out, 0, 32));
      refused("digests: got 3 of 32 bytes", () -> hasher.hash(0, in, 0, 1, 1, 3, out, 0, 32));
      refused("[99, 99 + 2)", () -> hasher.hash(0, in, 99, 1, 2, 1, out, 0, 32));
      refused("[-1, -1 + 2)", () -> hasher.hash(0, in, -1, 1, 2, 1, out, 0, 32));
    }
  }

  private static void refused(String expected, Runnable call) {
    try {
      call.run();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      assertTrue(e.getMessage().contains(expected), e.getMessage());
      return;
    }
    throw new AssertionError("not refused: " + expected);
  }
}
