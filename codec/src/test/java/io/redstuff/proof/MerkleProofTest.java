package io.redstuff.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.Allocation;
import io.redstuff.codec.Refusals;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.hash.Blake2b;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleProofTest {

  private static MerkleTree tree(byte[][] leaves) {
    byte[] hashes = new byte[32 * leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      System.arraycopy(Blake2b.hash(new byte[] {0}, leaves[i]), 0, hashes, 32 * i, 32);
    }
    try (Arena arena = Arena.ofConfined()) {
      LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
      return MerkleTree.ofLeafHashes(hasher, MemorySegment.ofArray(hashes), 0, leaves.length);
    }
  }

  private static void assertRefused(Reason reason, Executable check) {
    assertEquals(reason, assertThrows(VerificationException.class, check).reason());
  }

  /** The nodes of a proof, each as it is encoded. */
  private static List<byte[]> nodes(MerkleProof proof) {
    List<byte[]> nodes = new ArrayList<>();
    byte[] bcs = proof.toBcs();
    for (int at = 1; at < bcs.length; ) {
      int length = bcs[at] == 0 ? 1 : 33;
      nodes.add(Arrays.copyOfRange(bcs, at, at + length));
      at += length;
    }
    return nodes;
  }

  private static MerkleProof proof(List<byte[]> nodes) throws MalformedDataException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(nodes.size());
    nodes.forEach(out::writeBytes);
    return MerkleProof.parse(out.toByteArray());
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.proof.MerkleTreeTest#sizes")
  void everyLeafIsProven(int count) throws Exception {
    byte[][] leaves = MerkleTreeTest.leaves(count, 6);
    MerkleTree tree = tree(leaves);
    byte[] root = NaiveMerkle.root(leaves);
    for (int i = 0; i < count; i++) {
      MerkleProof proof = tree.proof(i);
      assertEquals(MerkleTree.height(count), proof.length());
      proof.verify(root, leaves[i], i, count);
      assertArrayEquals(root, proof.computeRoot(leaves[i], i, count));
      MerkleProof parsed = MerkleProof.parse(proof.toBcs());
      assertEquals(proof, parsed);
      assertEquals(proof.hashCode(), parsed.hashCode());
      assertArrayEquals(proof.toBcs(), parsed.toBcs());
      parsed.verify(root, leaves[i], i, count);
    }
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.proof.MerkleTreeTest#sizes")
  void anythingElseIsRefused(int count) throws Exception {
    byte[][] leaves = MerkleTreeTest.leaves(count, 6);
    MerkleTree tree = tree(leaves);
    byte[] root = tree.root();
    for (int i = 0; i < count; i += count > 70 ? 97 : 1) {
      MerkleProof proof = tree.proof(i);
      byte[] leaf = leaves[i];
      int index = i;
      for (int other = 0; other < count; other++) {
        int j = other;
        if (j != i) {
          assertRefused(Reason.ROOT_MISMATCH, () -> proof.verify(root, leaf, j, count));
          assertRefused(Reason.ROOT_MISMATCH, () -> proof.verify(root, leaves[j], index, count));
        }
      }
      for (int outside : new int[] {-1, count, count + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        assertRefused(Reason.INDEX_OUT_OF_RANGE, () -> proof.verify(root, leaf, outside, count));
      }
      byte[] changed = leaf.clone();
      changed[3] ^= 16;
      assertRefused(Reason.ROOT_MISMATCH, () -> proof.verify(root, changed, index, count));
      byte[] longer = Arrays.copyOf(leaf, leaf.length + 1);
      assertRefused(Reason.ROOT_MISMATCH, () -> proof.verify(root, longer, index, count));
      byte[] otherRoot = root.clone();
      otherRoot[31] ^= 1;
      assertRefused(Reason.ROOT_MISMATCH, () -> proof.verify(otherRoot, leaf, index, count));
      assertRefused(
          Reason.PATH_LENGTH, () -> proof.verify(root, leaf, index, 2 * Math.max(count, 1) + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 13})
  void pathsOfAnotherLengthAreRefused(int count) throws Exception {
    byte[][] leaves = MerkleTreeTest.leaves(count, 6);
    MerkleTree tree = tree(leaves);
    for (int i = 0; i < count; i++) {
      int index = i;
      List<byte[]> nodes = nodes(tree.proof(i));
      MerkleProof same = proof(nodes);
      assertEquals(tree.proof(i), same);
      List<byte[]> noTop = nodes.subList(0, nodes.size() - 1);
      List<byte[]> noBottom = nodes.subList(1, nodes.size());
      List<byte[]> more = new ArrayList<>(nodes);
      more.add(new byte[] {0});
      List<byte[]> twice = new ArrayList<>(nodes);
      twice.addFirst(nodes.getFirst());
      for (List<byte[]> other : List.of(noTop, noBottom, more, twice, List.<byte[]>of())) {
        MerkleProof proof = proof(other);
        VerificationException e =
            assertThrows(
                VerificationException.class,
                () -> proof.verify(tree.root(), leaves[index], index, count));
        assertEquals(Reason.PATH_LENGTH, e.reason());
        assertEquals(
            "Merkle path: got "
                + other.size()
                + " nodes, expected "
                + nodes.size()
                + " for "
                + count
                + " leaves",
            e.getMessage());
      }
    }
  }

  @Test
  void anInnerNodeIsNoLeaf() throws Exception {
    byte[][] leaves = MerkleTreeTest.leaves(8, 6);
    MerkleTree tree = tree(leaves);
    byte[] children =
        HexFormat.of()
            .parseHex(
                HexFormat.of().formatHex(Blake2b.hash(new byte[] {0}, leaves[2]))
                    + HexFormat.of().formatHex(Blake2b.hash(new byte[] {0}, leaves[3])));
    List<byte[]> nodes = nodes(tree.proof(2));
    MerkleProof upper = proof(nodes.subList(1, nodes.size()));
    // Were inner nodes hashed like leaves, this would be a valid proof in a tree of four.
    assertRefused(Reason.ROOT_MISMATCH, () -> upper.verify(tree.root(), children, 1, 4));
    assertRefused(Reason.PATH_LENGTH, () -> upper.verify(tree.root(), children, 1, 8));
  }

  @Test
  void paddingIsAnEmptyNode() throws Exception {
    byte[][] leaves = MerkleTreeTest.leaves(5, 6);
    MerkleTree tree = tree(leaves);
    List<byte[]> nodes = nodes(tree.proof(4));
    assertArrayEquals(new byte[] {0}, nodes.get(0));
    assertArrayEquals(new byte[] {0}, nodes.get(1));
    assertEquals(33, nodes.get(2).length);
    assertEquals(1 + 1 + 1 + 33, tree.proof(4).toBcs().length);

    // A digest of zeros hashes the same, but stays what it was.
    byte[] zeros = new byte[33];
    zeros[0] = 1;
    MerkleProof spelledOut = proof(List.of(zeros, nodes.get(1), nodes.get(2)));
    spelledOut.verify(tree.root(), leaves[4], 4, 5);
    assertNotEquals(tree.proof(4), spelledOut);
    assertEquals(1 + 33 + 1 + 33, spelledOut.toBcs().length);
    assertEquals(spelledOut, MerkleProof.parse(spelledOut.toBcs()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 7, 33})
  void damagedEncodings(int count) throws MalformedDataException {
    MerkleTree tree = tree(MerkleTreeTest.leaves(count, 6));
    Refusals.check(tree.proof(count - 1).toBcs(), bytes -> MerkleProof.parse(bytes).toBcs());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 'Merkle proof length: got 0 bytes, expected 1'",
    "8000, 0, 'Merkle proof length: got 0 in 2 bytes, expected the shortest form'",
    "0000, 1, 'Merkle proof: got 1 trailing bytes, expected none'",
    "0102, 1, 'node of Merkle proof: got variant 2, expected 0 to 1'",
    "01ff, 2, 'node of Merkle proof: got 0 bytes, expected 1'",
    "018000, 1, 'node of Merkle proof: got 0 in 2 bytes, expected the shortest form'",
    "0101aabb, 2, 'node of Merkle proof: got 2 bytes, expected 32'",
    "0200, 0, 'Merkle proof: got a length of 2, expected at most 1 with 1 bytes left'",
    "ffffffff0f, 0, 'Merkle proof: got a length of 4294967295, expected at most 0 with 0 bytes"
        + " left'"
  })
  void refusesEncodings(String hex, long offset, String message) {
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class, () -> MerkleProof.parse(HexFormat.of().parseHex(hex)));
    assertEquals("at byte " + offset + ": " + message, e.getMessage());
  }

  @Test
  void refusesPathsThatNoTreeHas() throws Throwable {
    assertEquals(31, proof(Collections.nCopies(31, new byte[] {0})).length());
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class, () -> proof(Collections.nCopies(32, new byte[] {0})));
    assertEquals("at byte 0: Merkle proof: got 32 nodes, expected at most 31", e.getMessage());
    byte[] many = new byte[4 + 20_000_000];
    byte[] prefix = HexFormat.of().parseHex("80dac409"); // 20,000,000
    System.arraycopy(prefix, 0, many, 0, prefix.length);
    MemorySegment segment = MemorySegment.ofArray(many);
    long allocated =
        Allocation.bytes(
            () -> assertThrows(MalformedDataException.class, () -> MerkleProof.parse(segment)));
    assertTrue(allocated < 16_384, "allocated " + allocated);
  }

  @Property
  void anyNodesRoundTrip(@ForAll @Size(max = 31) List<@IntRange(max = 2) Integer> kinds)
      throws MalformedDataException {
    List<byte[]> nodes = new ArrayList<>();
    for (int kind : kinds) {
      byte[] digest = new byte[33];
      Arrays.fill(digest, (byte) (kind == 1 ? 0 : 77));
      digest[0] = 1;
      nodes.add(kind == 0 ? new byte[] {0} : digest);
    }
    MerkleProof proof = proof(nodes);
    assertEquals(kinds.size(), proof.length());
    assertEquals(proof, MerkleProof.parse(proof.toBcs()));
    List<byte[]> again = nodes(proof);
    for (int i = 0; i < nodes.size(); i++) {
      assertArrayEquals(nodes.get(i), again.get(i));
    }
  }

  @Test
  void refusesMistakesOfTheCaller() throws Exception {
    MerkleProof proof = proof(List.of());
    byte[] leaf = {1};
    assertThrows(IllegalArgumentException.class, () -> proof.computeRoot(leaf, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> proof.verify(new byte[31], leaf, 0, 1));
    proof.verify(Blake2b.hash(new byte[] {0}, leaf), leaf, 0, 1);
    assertEquals("Merkle proof of 0 nodes", proof.toString());
  }
}
