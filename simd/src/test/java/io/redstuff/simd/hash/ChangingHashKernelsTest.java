package io.redstuff.simd.hash;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.EnginesUnderTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChangingHashKernelsTest {
  private static final int MESSAGES = 64;
  private static final int LENGTH = 70;
  private static final int GROUPS = MESSAGES / LaneHasher.LANES;

  /** Every method, in turn; with other kernels from the step of this number on. */
  private static byte[] tree(HashKernels kernels, int changeAt, Runnable change) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] messages = new byte[MESSAGES * LENGTH];
      new Random(3).nextBytes(messages);
      MemorySegment in =
          arena.allocate(messages.length, 64).copyFrom(MemorySegment.ofArray(messages));
      long groups = (long) GROUPS * LaneHasher.GROUP_BYTES;
      MemorySegment leaves = arena.allocate(groups, 64);
      MemorySegment nodes = arena.allocate(groups, 64);
      MemorySegment digests = arena.allocate((long) MESSAGES * Blake2b.DIGEST_BYTES, 64);
      MemorySegment table = arena.allocate((1L << 16) * Blake2b.DIGEST_BYTES, 64);
      HashScratch scratch = new HashScratch(arena);
      LaneHasher lanes = new LaneHasher(kernels, arena);
      Runnable[] steps = {
        () -> lanes.hashLeaves(in, 0, LENGTH, LENGTH, MESSAGES, leaves, 0),
        () ->
            lanes.fold(
                leaves,
                0,
                LaneHasher.GROUP_BYTES,
                2L * LaneHasher.GROUP_BYTES,
                GROUPS / 2,
                nodes,
                0),
        () -> lanes.transpose(leaves, 0, LaneHasher.GROUP_BYTES, nodes, 0),
        () ->
            kernels.hash(
                1, in, 0, LENGTH, LENGTH, MESSAGES, digests, 0, Blake2b.DIGEST_BYTES, scratch),
        () -> kernels.hashTwoByteLeaves(1 << 16, table, scratch),
      };
      for (int i = 0; i < steps.length; i++) {
        if (i == changeAt) {
          change.run();
        }
        steps[i].run();
      }
      MemorySegment all = arena.allocate(2 * groups + digests.byteSize() + table.byteSize());
      long at = 0;
      for (MemorySegment part : new MemorySegment[] {leaves, nodes, digests, table}) {
        MemorySegment.copy(part, 0, all, at, part.byteSize());
        at += part.byteSize();
      }
      return all.toArray(JAVA_BYTE);
    }
  }

  @Test
  void bytesAreTheSameWheneverItChanges() {
    HashKernels plain = Engines.named("plain").hash();
    byte[] expected = tree(plain, -1, () -> {});
    for (Engine next : EnginesUnderTest.all()) {
      for (int changeAt = 0; changeAt < 5; changeAt++) {
        ChangingHashKernels kernels = new ChangingHashKernels(plain, bytes -> {});
        assertArrayEquals(
            expected,
            tree(kernels, changeAt, () -> kernels.changeTo(next.hash())),
            next + " from step " + changeAt);
      }
    }
  }

  @Test
  void countsWhatIsHashed() {
    AtomicLong bytes = new AtomicLong();
    tree(new ChangingHashKernels(Engines.named("plain").hash(), bytes::addAndGet), -1, () -> {});
    assertEquals(2 * MESSAGES * (1 + LENGTH) + GROUPS * LaneHasher.GROUP_BYTES, bytes.get());
  }
}
