package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.KnownSliverHash;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.SliverOpening;
import io.redstuff.proof.VerifiedOpening;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What can be done with slivers where the metadata of their blob are not at hand. */
class SliverHashesTest {
  private static KnownSliverHash known(StoredBlob stored, SliverId id) {
    return new KnownSliverHash(
        stored.codec.parameters(),
        stored.metadata.blobId(),
        id,
        stored.metadata.symbolSize(),
        stored.metadata.sliverHash(id));
  }

  private static VerifiedOpening opening(StoredBlob stored, SliverId id)
      throws VerificationException {
    try (Arena arena = Arena.ofConfined()) {
      EncodingParameters parameters = stored.codec.parameters();
      return SliverOpening.of(
              stored.metadata,
              stored.metadata.tree(new LeafHasher(Engines.selected(), arena)),
              id.pair(parameters))
          .verify(parameters, stored.metadata.blobId());
    }
  }

  @Test
  void rootsAreThoseOfTheOfficialEncoder() throws RedStuffException {
    for (SmallVectors.Encoding encoding : SmallVectors.all()) {
      RedStuff codec = RedStuff.forShards(encoding.n());
      for (int pair = 0; pair < encoding.n(); pair++) {
        byte[] hashes = Arrays.copyOfRange(encoding.hashes(), 64 * pair, 64 * pair + 64);
        byte[] primary = encoding.primaries().get(pair);
        byte[] secondary = encoding.secondaries().get(pair);
        assertArrayEquals(
            Arrays.copyOf(hashes, 32), codec.root(Sliver.parseCopy(Axis.PRIMARY, primary)));
        assertArrayEquals(
            Arrays.copyOfRange(hashes, 32, 64),
            codec.root(Sliver.parseCopy(Axis.SECONDARY, secondary)));
      }
    }
  }

  /** Of two blobs with other symbols, in any order, with one among them that is none. */
  @Test
  void rootsOfManySliversComeInTheirOrder() {
    StoredBlob small = StoredBlob.honest(31, 300, 1);
    StoredBlob large = StoredBlob.honest(31, 9000, 2);
    List<Sliver> slivers = new ArrayList<>(small.all());
    slivers.addAll(large.all());
    List<byte[]> expected = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < slivers.size(); i++) {
      StoredBlob blob = i < small.all().size() ? small : large;
      expected.add(blob.metadata.sliverHash(slivers.get(i).id()));
      order.add(i);
    }
    slivers.add(Sliver.copyOf(SliverId.primary(31), 2, new byte[42]));
    slivers.add(Sliver.copyOf(SliverId.secondary(3), 2, new byte[12]));
    expected.add(new byte[0]);
    expected.add(new byte[0]);
    order.addAll(List.of(order.size(), order.size() + 1));
    Collections.shuffle(order, new Random(3));
    for (int threads : new int[] {1, 2}) {
      try (Arena arena = Arena.ofShared()) {
        List<byte[]> roots =
            RedStuff.forShards(31)
                .withParallelism(threads)
                .newVerifier(arena)
                .roots(order.stream().map(slivers::get).toList());
        for (int i = 0; i < roots.size(); i++) {
          assertArrayEquals(expected.get(order.get(i)), roots.get(i), "place " + i);
        }
      }
    }
  }

  @Test
  void whatIsNoSliverHasNoRoot() {
    RedStuff codec = RedStuff.forShards(7);
    VerificationException index =
        assertThrows(
            VerificationException.class,
            () -> codec.root(Sliver.copyOf(SliverId.primary(7), 2, new byte[10])));
    assertEquals(Reason.INDEX_OUT_OF_RANGE, index.reason());
    assertEquals("primary sliver: got index 7, expected less than 7", index.getMessage());
    VerificationException count =
        assertThrows(
            VerificationException.class,
            () -> codec.root(Sliver.copyOf(SliverId.secondary(6), 2, new byte[10])));
    assertEquals(Reason.WRONG_SYMBOL_COUNT, count.reason());
    assertEquals("secondary 6 sliver: got 5 symbols, expected 3", count.getMessage());
  }

  @Test
  void aSliverIsVerifiedByItsHashAlone() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(7, 300, 1);
    for (Sliver sliver : stored.all()) {
      KnownSliverHash hash = known(stored, sliver.id());
      assertEquals(stored.metadata.blobId(), stored.codec.verify(hash, sliver).blobId());
      assertEquals(sliver, stored.codec.verify(opening(stored, sliver.id()), sliver).sliver());
      byte[] bad = sliver.toBytes();
      bad[bad.length - 1] ^= 1;
      Sliver altered = Sliver.copyOf(sliver.id(), sliver.symbolSize(), bad);
      VerificationException refused =
          assertThrows(VerificationException.class, () -> stored.codec.verify(hash, altered));
      assertEquals(Reason.ROOT_MISMATCH, refused.reason());
      assertEquals(
          "%s sliver: its hash is not the one that blob %s commits to"
              .formatted(sliver.id(), stored.metadata.blobId()),
          refused.getMessage());
    }
  }

  @Test
  void aHashSaysNothingOfOtherSlivers() throws VerificationException {
    StoredBlob stored = StoredBlob.honest(7, 300, 1);
    KnownSliverHash hash = known(stored, SliverId.primary(3));
    Sliver other = stored.sliver(SliverId.primary(4));
    VerificationException refused =
        assertThrows(VerificationException.class, () -> stored.codec.verify(hash, other));
    assertEquals(Reason.ROOT_MISMATCH, refused.reason());
    assertEquals(
        "primary 4 sliver: got no hash of it to compare with, expected one of " + hash,
        refused.getMessage());
    VerifiedOpening opening = opening(stored, SliverId.primary(3));
    assertThrows(VerificationException.class, () -> stored.codec.verify(opening, other));
    assertEquals(0, hash.sliverHash(SliverId.primary(4)).length);
    MemorySegment digest = MemorySegment.ofArray(hash.sliverHash(SliverId.primary(3)));
    assertTrue(hash.matches(SliverId.primary(3), digest, 0));
    assertFalse(hash.matches(SliverId.secondary(3), digest, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> hash.matches(SliverId.primary(3), digest, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> hash.sliverHash(SliverId.primary(7)));
  }

  @Test
  void aSliverOfAnotherShapeIsRefusedByNumbers() {
    StoredBlob stored = StoredBlob.honest(7, 300, 1);
    KnownSliverHash hash = known(stored, SliverId.primary(3));
    Sliver shorter = Sliver.copyOf(SliverId.primary(3), 2, new byte[10]);
    VerificationException size =
        assertThrows(VerificationException.class, () -> stored.codec.verify(hash, shorter));
    assertEquals(Reason.WRONG_SYMBOL_SIZE, size.reason());
    assertThrows(
        IllegalArgumentException.class, () -> RedStuff.forShards(10).verify(hash, shorter));
  }

  @Test
  void aSliverIsRecoveredAgainstItsHashAlone() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(10, 3000, 4);
    for (Axis axis : Axis.values()) {
      SliverId target = new SliverId(axis, 9);
      List<DecodingSymbol> symbols = new ArrayList<>();
      for (Sliver source : stored.slivers(axis.opposite())) {
        symbols.add(
            new DecodingSymbol(source.id().index(), stored.codec.symbol(source, target.index())));
      }
      Collections.reverse(symbols);
      try (Arena arena = Arena.ofConfined()) {
        SliverRecoverer recoverer = stored.codec.newRecoverer(arena);
        VerifiedSliver healed = recoverer.recoverUnproven(known(stored, target), target, symbols);
        assertEquals(stored.sliver(target), healed.sliver());
        assertEquals(stored.metadata.blobId(), healed.blobId());
        KnownSliverHash wrong = known(stored, new SliverId(axis, 8));
        assertThrows(
            VerificationException.class, () -> recoverer.recoverUnproven(wrong, target, symbols));
        assertThrows(
            InsufficientDataException.class,
            () -> recoverer.recoverUnproven(known(stored, target), target, symbols.subList(0, 3)));
      }
    }
  }

  /** An opening of its pair is all that a node needs to prove symbols of its sliver. */
  @Test
  void symbolsAreProvenByTheOpeningAlone() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(10, 3000, 4);
    SliverId source = SliverId.secondary(2);
    VerifiedOpening opening = opening(stored, source);
    try (Arena arena = Arena.ofConfined()) {
      ExpandedSliver expanded = stored.codec.expand(opening, stored.sliver(source), arena);
      RecoverySymbol symbol = expanded.recoverySymbol(7);
      assertEquals(stored.symbolsFor(SliverId.primary(7)).get(2), symbol);
      symbol.verify(opening, SliverId.primary(7));
      symbol.verify(known(stored, source), SliverId.primary(7));
    }
  }

  @Test
  void knownHashesCompareByValue() {
    StoredBlob stored = StoredBlob.honest(7, 300, 1);
    EncodingParameters parameters = stored.codec.parameters();
    BlobId blob = stored.metadata.blobId();
    SliverId id = SliverId.primary(3);
    byte[] hash = new byte[32];
    hash[0] = 7;
    KnownSliverHash value = new KnownSliverHash(parameters, blob, id, 20, hash);
    assertEquals(value, new KnownSliverHash(parameters, blob, id, 20, hash.clone()));
    assertEquals(value.hashCode(), new KnownSliverHash(parameters, blob, id, 20, hash).hashCode());
    assertEquals(
        "hash of primary 3 of %s: 07%s".formatted(blob, "00".repeat(31)), value.toString());
    assertEquals(id, value.sliver());
    assertEquals(20, value.symbolSize());
    for (KnownSliverHash other :
        List.of(
            new KnownSliverHash(EncodingParameters.forShards(8), blob, id, 20, hash),
            new KnownSliverHash(parameters, BlobId.of(hash), id, 20, hash),
            new KnownSliverHash(parameters, blob, SliverId.secondary(3), 20, hash),
            new KnownSliverHash(parameters, blob, id, 22, hash),
            new KnownSliverHash(parameters, blob, id, 20, new byte[32]))) {
      assertNotEquals(value, other);
    }
    assertNotEquals(value, (Object) "hash");
    hash[0] = 8;
    assertEquals(7, value.sliverHash(id)[0]);
    assertThrows(
        IllegalArgumentException.class,
        () -> new KnownSliverHash(parameters, blob, id, 20, new byte[31]));
    assertThrows(
        IllegalArgumentException.class, () -> new KnownSliverHash(parameters, blob, id, 3, hash));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new KnownSliverHash(parameters, blob, SliverId.primary(7), 20, hash));
  }
}
