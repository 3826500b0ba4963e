package io.redstuff.simd.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths against {@link Blake2b}. */
class PathHasherTest {
  private static final int DIGEST = Blake2b.DIGEST_BYTES;
  private final Random random = new Random(7);

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] leaf(byte[] content) {
    return Blake2b.hash(new byte[] {LeafHasher.LEAF_PREFIX}, content);
  }

  @Test
  void leavesOfEveryLengthFromTheHeapAndFromNativeMemory() {
    PathHasher hasher = new PathHasher();
    for (int length = 0; length <= 400; length++) {
      byte[] content = bytes(length);
      hasher.begin(MemorySegment.ofArray(content));
      assertArrayEquals(leaf(content), hasher.digest(), length + " bytes");
      try (Arena arena = Arena.ofConfined()) {
        hasher.begin(arena.allocate(length, 1).copyFrom(MemorySegment.ofArray(content)));
        assertArrayEquals(leaf(content), hasher.digest(), length + " native bytes");
      }
    }
  }

  /** A leaf that fills its block leaves nothing behind for the shorter message of a node. */
  @ParameterizedTest
  @ValueSource(ints = {6, 127, 200})
  void climbsOnEitherSide(int leafBytes) {
    byte[] content = bytes(leafBytes);
    byte[] siblings = bytes(20 * DIGEST + 3);
    byte[] prefix = {LeafHasher.INNER_PREFIX};
    byte[] node = leaf(content);
    PathHasher hasher = new PathHasher();
    hasher.begin(MemorySegment.ofArray(content));
    for (int level = 0; level < 20; level++) {
      int at = 3 + level * DIGEST;
      byte[] sibling = Arrays.copyOfRange(siblings, at, at + DIGEST);
      boolean isLeft = random.nextBoolean();
      node = isLeft ? Blake2b.hash(prefix, node, sibling) : Blake2b.hash(prefix, sibling, node);
      hasher.climb(siblings, at, isLeft);
      assertArrayEquals(node, hasher.digest(), "level " + level);
    }
  }

  @Test
  void refusesSiblingsThatAreCutOff() {
    PathHasher hasher = new PathHasher();
    hasher.begin(MemorySegment.ofArray(new byte[2]));
    byte[] before = hasher.digest();
    byte[] short31 = new byte[DIGEST - 1];
    assertThrows(IndexOutOfBoundsException.class, () -> hasher.climb(short31, 0, true));
    assertArrayEquals(before, hasher.digest());
  }
}
