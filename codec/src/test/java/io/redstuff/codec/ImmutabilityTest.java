package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SliverPairHashes;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What calls itself immutable shares no array and no list with its caller, either way. */
class ImmutabilityTest {

  private static final SliverId TARGET = SliverId.secondary(3);

  private StoredBlob stored;
  private List<RecoverySymbol> symbols;

  @BeforeEach
  void store() throws VerificationException {
    stored = StoredBlob.honest(7, 1000, 1);
    symbols = stored.symbolsFor(TARGET);
  }

  /** Reads an object of some bytes, or makes it of them. */
  @FunctionalInterface
  private interface Maker {
    Object apply(byte[] bytes) throws RedStuffException;
  }

  /**
   * The object is the same as one made of a copy after the bytes it was made of are overwritten.
   */
  private static void assertTakesACopy(byte[] bytes, Maker maker) throws Exception {
    byte[] given = bytes.clone();
    Object made = maker.apply(given);
    Arrays.fill(given, (byte) 0x5a);
    Object expected = maker.apply(bytes.clone());
    assertEquals(expected, made);
    assertGivesCopies(made);
  }

  /** Overwrites whatever arrays the object gives out, and asks again. */
  private static int assertGivesCopies(Object object) throws ReflectiveOperationException {
    int arrays = 0;
    for (Method method : object.getClass().getMethods()) {
      if (method.getReturnType() == byte[].class && method.getParameterCount() == 0) {
        byte[] first = (byte[]) method.invoke(object);
        byte[] before = first.clone();
        Arrays.fill(first, (byte) 0x5a);
        assertArrayEquals(before, (byte[]) method.invoke(object), method::toString);
        arrays++;
      }
      if (List.class.isAssignableFrom(method.getReturnType()) && method.getParameterCount() == 0) {
        List<?> list = (List<?>) method.invoke(object);
        assertThrows(UnsupportedOperationException.class, () -> list.remove(0), method::toString);
        assertThrows(UnsupportedOperationException.class, () -> list.add(null), method::toString);
      }
    }
    return arrays;
  }

  @Test
  void idsAndMetadata() throws Exception {
    VerifiedMetadata metadata = stored.metadata;
    assertTakesACopy(metadata.blobId().toBytes(), BlobId::of);
    assertTakesACopy(metadata.rootHash(), root -> VerifiedMetadata.computeBlobId(1000, root));
    assertTakesACopy(metadata.toBcs(), BlobMetadata::parse);
    assertTakesACopy(metadata.toBcs(), bcs -> BlobMetadata.parse(MemorySegment.ofArray(bcs)));
    assertTakesACopy(
        metadata.toBcsWithoutId(), bcs -> BlobMetadata.parseWithoutId(metadata.blobId(), bcs));
    assertTakesACopy(
        metadata.toBcs(), bcs -> BlobMetadata.parse(bcs).verify(metadata.parameters()));
    byte[] hashes = new byte[7 * 64];
    assertTakesACopy(
        hashes, bytes -> VerifiedMetadata.ofHashes(metadata.parameters(), 1000, bytes));
    assertEquals(3, assertGivesCopies(metadata));
    byte[] hash = metadata.sliverHash(TARGET);
    byte[] copy = hash.clone();
    Arrays.fill(hash, (byte) 0);
    assertArrayEquals(copy, metadata.sliverHash(TARGET));
    SliverPairHashes pair = metadata.hashes(SliverPairIndex.of(2));
    assertEquals(3, assertGivesCopies(pair));
    assertTakesACopy(pair.primary(), bytes -> new SliverPairHashes(bytes, pair.secondary()));
    assertTakesACopy(pair.secondary(), bytes -> new SliverPairHashes(pair.primary(), bytes));
    assertTakesACopy(pair.toBcs(), SliverPairHashes::parse);
  }

  @Test
  void symbolsAndProofs() throws Exception {
    RecoverySymbol symbol = symbols.getFirst();
    assertTakesACopy(symbol.toBcs(), bcs -> RecoverySymbol.parse(symbol.axis(), bcs));
    assertTakesACopy(symbol.data(), bytes -> new DecodingSymbol(5, bytes));
    assertTakesACopy(symbol.withoutProof().toBcs(), DecodingSymbol::parse);
    assertTakesACopy(symbol.withTarget(3).toBcs(), GeneralRecoverySymbol::parse);
    assertTakesACopy(symbol.proof().toBcs(), MerkleProof::parse);
    assertTakesACopy(symbol.proof().toBcs(), bcs -> MerkleProof.parse(MemorySegment.ofArray(bcs)));
    InconsistencyProof proof = new InconsistencyProof(TARGET, symbols);
    assertTakesACopy(proof.toBcs(), InconsistencyProof::parse);
    symbol.verify(stored.metadata, TARGET);
  }

  @Test
  void slivers() throws Exception {
    Sliver sliver = stored.sliver(TARGET);
    assertTakesACopy(sliver.toBytes(), bytes -> Sliver.copyOf(TARGET, sliver.symbolSize(), bytes));
    assertTakesACopy(sliver.toBcs(), bcs -> Sliver.parseCopy(Axis.SECONDARY, bcs));
    assertTakesACopy(sliver.toTaggedBcs(), Sliver::parseTaggedCopy);
    assertTrue(sliver.segment().isReadOnly());
    try (EncodedBlob encoded = stored.codec.encode(stored.blob);
        Arena arena = Arena.ofConfined()) {
      assertTrue(encoded.sliver(TARGET).segment().isReadOnly());
      assertGivesCopies(encoded);
      ExpandedSliver expanded = stored.codec.expand(stored.metadata, sliver, arena);
      assertEquals(1, assertGivesCopies(expanded));
      assertTrue(expanded.segment(2).isReadOnly());
      byte[] symbol = expanded.symbol(2);
      byte[] copy = symbol.clone();
      Arrays.fill(symbol, (byte) 0x5a);
      assertArrayEquals(copy, expanded.symbol(2));
    }
  }

  @Test
  void trees() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
      MemorySegment leaves = arena.allocate(100).fill((byte) 7);
      MerkleTree tree = MerkleTree.ofLeaves(hasher, leaves, 0, 10, 10, 10);
      MerkleProof proof = tree.proof(4);
      byte[] root = tree.root();
      leaves.fill((byte) 8);
      assertEquals(1, assertGivesCopies(tree));
      assertEquals(proof, tree.proof(4));
      byte[] leaf = new byte[10];
      Arrays.fill(leaf, (byte) 7);
      proof.verify(root, leaf, 4, 10);
    }
  }

  /** A result keeps its own list. */
  private static <T> void assertTakesACopy(List<T> items, Function<List<T>, List<T>> through) {
    List<T> given = new ArrayList<>(items);
    List<T> kept = through.apply(given);
    given.clear();
    assertEquals(items, kept);
  }

  @Test
  void results() throws Exception {
    RejectedSymbol rejected =
        new RejectedSymbol(
            symbols.getFirst().withTarget(TARGET.index()).id(),
            VerificationException.Reason.ROOT_MISMATCH,
            "text");
    VerifiedSliver sliver = stored.codec.verify(stored.metadata, stored.sliver(TARGET));
    InconsistencyProof proof = new InconsistencyProof(TARGET, symbols);
    assertTakesACopy(symbols, list -> new InconsistencyProof(TARGET, list).symbols());
    assertTakesACopy(List.of(rejected), list -> new Recovery.Recovered(sliver, list).rejected());
    assertTakesACopy(List.of(rejected), list -> new Recovery.Inconsistent(proof, list).rejected());
    assertGivesCopies(new Recovery.Recovered(sliver, List.of(rejected)));
  }
}
