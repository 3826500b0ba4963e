package io.redstuff.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.Allocation;
import io.redstuff.codec.EnginesUnderTest;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {

  private Arena arena;
  private LeafHasher hasher;

  @BeforeEach
  void open() {
    arena = Arena.ofConfined();
    hasher = new LeafHasher(Engines.selected(), arena);
  }

  @AfterEach
  void close() {
    arena.close();
  }

  static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(127, 128, 129, 1000, 1025));
  }

  static byte[][] leaves(int count, int length) {
    Random random = new Random(31L * count + length);
    byte[][] leaves = new byte[count][length];
    for (byte[] leaf : leaves) {
      random.nextBytes(leaf);
    }
    return leaves;
  }

  /** Memory that holds nothing but garbage. */
  private MemorySegment dirty(long bytes) {
    return arena.allocate(bytes, 64).fill((byte) 0xa5);
  }

  private MemorySegment leafHashes(byte[][] leaves, long offset) {
    MemorySegment out = dirty(offset + 32L * leaves.length);
    for (int i = 0; i < leaves.length; i++) {
      byte[] hash = Blake2b.hash(new byte[] {0}, leaves[i]);
      MemorySegment.copy(hash, 0, out, ValueLayout.JAVA_BYTE, offset + 32L * i, 32);
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void rootsAreThoseOfTheDefinition(int count) {
    byte[][] leaves = leaves(count, 10);
    byte[] expected = NaiveMerkle.root(leaves);
    long offset = 8L * (count % 5);
    MemorySegment hashes = leafHashes(leaves, offset);
    byte[] before = hashes.toArray(ValueLayout.JAVA_BYTE);

    MerkleTree tree = MerkleTree.ofLeafHashes(hasher, hashes, offset, count);
    assertArrayEquals(expected, tree.root());
    assertEquals(count, tree.leaves());
    tree.root()[0] ^= 1;
    assertArrayEquals(expected, tree.root());

    MemorySegment scratch = dirty(MerkleTree.scratchBytes(count));
    assertArrayEquals(expected, MerkleTree.root(hasher, hashes, offset, count, scratch));
    assertArrayEquals(before, hashes.toArray(ValueLayout.JAVA_BYTE), "the leaves were changed");

    MemorySegment heap = MemorySegment.ofArray(before);
    assertArrayEquals(expected, MerkleTree.ofLeafHashes(hasher, heap, offset, count).root());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10, 33, 100})
  void leavesInMemoryWithGaps(int count) {
    byte[][] leaves = leaves(count, 66);
    MemorySegment data = dirty(5 + 80L * count);
    for (int i = 0; i < count; i++) {
      MemorySegment.copy(leaves[i], 0, data, ValueLayout.JAVA_BYTE, 5 + 80L * i, 66);
    }
    byte[] expected = NaiveMerkle.root(leaves);
    for (Engine engine : EnginesUnderTest.all()) {
      LeafHasher other = new LeafHasher(engine, arena);
      assertArrayEquals(
          expected,
          MerkleTree.ofLeaves(other, data, 5, 80, 66, count).root(),
          () -> "engine " + engine.name());
      MemorySegment scratch = dirty(MerkleTree.nodeBytes(count));
      MerkleTree tree = MerkleTree.ofLeaves(other, data, 5, 80, 66, count, scratch);
      scratch.fill((byte) 1);
      assertArrayEquals(expected, tree.root(), "the tree keeps nothing of the scratch memory");
      for (int index = 0; index < count; index++) {
        byte[] leaf = leaves[index];
        MerkleProof proof = tree.proof(index);
        int position = index;
        assertDoesNotThrow(() -> proof.verify(expected, leaf, position, count));
      }
    }
  }

  @Test
  void rootsAreComputedWithoutKeepingNodes() throws Throwable {
    // The reference engine is written to be read and may allocate.
    LeafHasher plain = new LeafHasher(Engines.named("plain"), arena);
    int count = 1001;
    MemorySegment hashes = leafHashes(leaves(count, 4), 0);
    MemorySegment scratch = dirty(MerkleTree.scratchBytes(count));
    for (int i = 0; i < 100; i++) {
      MerkleTree.root(plain, hashes, 0, count, scratch);
    }
    long allocated = Allocation.bytes(() -> MerkleTree.root(plain, hashes, 0, count, scratch));
    // Interpreted code makes short-lived segment views; digests or levels would be 32,000 and more.
    assertTrue(allocated < 16_384, "allocated " + allocated);
  }

  @Test
  void heights() {
    assertEquals(0, MerkleTree.height(1));
    assertEquals(1, MerkleTree.height(2));
    assertEquals(2, MerkleTree.height(3));
    assertEquals(2, MerkleTree.height(4));
    assertEquals(3, MerkleTree.height(5));
    assertEquals(10, MerkleTree.height(1000));
    assertEquals(16, MerkleTree.height(49155));
    assertEquals(31, MerkleTree.height(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesLeafCounts(int count) {
    MemorySegment memory = dirty(64);
    String expected = "leaves: got " + count + ", expected 1 or more";
    for (Runnable r :
        new Runnable[] {
          () -> MerkleTree.height(count),
          () -> MerkleTree.scratchBytes(count),
          () -> MerkleTree.root(hasher, memory, 0, count, memory),
          () -> MerkleTree.ofLeafHashes(hasher, memory, 0, count),
          () -> MerkleTree.ofLeaves(hasher, memory, 0, 1, 1, count)
        }) {
      assertEquals(expected, assertThrows(IllegalArgumentException.class, r::run).getMessage());
    }
  }

  @Test
  void refusesMemoryThatIsTooShort() {
    MemorySegment hashes = dirty(32 * 5);
    MemorySegment scratch = dirty(MerkleTree.scratchBytes(5));
    MemorySegment shorter = scratch.asSlice(0, scratch.byteSize() - 1);
    for (Runnable r :
        new Runnable[] {
          () -> MerkleTree.root(hasher, hashes, 1, 5, scratch),
          () -> MerkleTree.root(hasher, hashes, -1, 5, scratch),
          () -> MerkleTree.root(hasher, hashes, Long.MAX_VALUE, 5, scratch),
          () -> MerkleTree.root(hasher, hashes, 0, 5, shorter),
          () -> MerkleTree.ofLeafHashes(hasher, hashes, 0, 6),
          () -> MerkleTree.ofLeafHashes(hasher, hashes, 0, Integer.MAX_VALUE)
        }) {
      assertThrows(IndexOutOfBoundsException.class, r::run);
    }
  }

  @Test
  void refusesProofsOfLeavesThatAreNotThere() {
    MerkleTree tree = MerkleTree.ofLeafHashes(hasher, dirty(32 * 5), 0, 5);
    for (int index : new int[] {-1, 5, 7, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> tree.proof(index));
    }
  }
}
