package io.redstuff.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.Refusals;
import io.redstuff.codec.TestBlobs;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.OpeningVerifier.Claim;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of one pair with the way to the blob id, and symbols that are proven against them. */
class SliverOpeningTest {
  private static VerifiedMetadata metadata(int shards, int length) {
    return RedStuff.forShards(shards).metadata(TestBlobs.bytes(length, 3));
  }

  private static List<SliverOpening> openings(VerifiedMetadata metadata) {
    try (Arena arena = Arena.ofConfined()) {
      MerkleTree tree = metadata.tree(new LeafHasher(Engines.selected(), arena));
      assertArrayEquals(metadata.rootHash(), tree.root());
      List<SliverOpening> openings = new ArrayList<>();
      for (int pair = 0; pair < metadata.parameters().shards(); pair++) {
        openings.add(SliverOpening.of(metadata, tree, SliverPairIndex.of(pair)));
      }
      return openings;
    }
  }

  private static void refused(Reason reason, Executable what) {
    VerificationException e = assertThrows(VerificationException.class, what);
    assertEquals(reason, e.reason(), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 10, 31, 64})
  void leadsToTheBlobId(int shards) throws VerificationException, MalformedDataException {
    VerifiedMetadata metadata = metadata(shards, 1000);
    EncodingParameters parameters = metadata.parameters();
    List<SliverOpening> openings = openings(metadata);
    List<Claim> claims = new ArrayList<>();
    for (SliverOpening opening : openings) {
      VerifiedOpening verified = opening.verify(parameters, metadata.blobId());
      assertEquals(metadata.blobId(), verified.blobId());
      assertEquals(1000, verified.blobLength());
      assertEquals(metadata.symbolSize(), verified.symbolSize());
      assertEquals(parameters, verified.parameters());
      assertEquals(opening.pair(), verified.pair());
      for (SliverId own : List.of(opening.pair().primary(), opening.pair().secondary(parameters))) {
        byte[] hash = metadata.sliverHash(own);
        assertArrayEquals(hash, verified.sliverHash(own));
        assertTrue(verified.matches(own, MemorySegment.ofArray(hash), 0));
        SliverId other = new SliverId(own.axis(), (own.index() + 1) % shards);
        assertArrayEquals(new byte[0], verified.sliverHash(other));
        assertFalse(verified.matches(other, MemorySegment.ofArray(hash), 0));
        hash[0] ^= 1;
        assertFalse(verified.matches(own, MemorySegment.ofArray(hash), 0));
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> verified.matches(own, MemorySegment.ofArray(hash), 1));
      }
      assertEquals(opening, SliverOpening.parse(opening.toBcs()));
      assertEquals(opening.hashCode(), SliverOpening.parse(opening.toBcs()).hashCode());
      claims.add(new Claim(opening, metadata.blobId()));
    }
    try (Arena arena = Arena.ofConfined()) {
      OpeningVerifier verifier = new OpeningVerifier(Engines.selected(), arena);
      List<VerifiedOpening> together = verifier.verify(parameters, claims);
      for (int i = 0; i < shards; i++) {
        SliverId primary = SliverId.primary(i);
        assertArrayEquals(metadata.sliverHash(primary), together.get(i).sliverHash(primary));
      }
    }
    assertEquals(
        "hashes of pair 1 of " + metadata.blobId(),
        openings.get(1).verify(parameters, metadata.blobId()).toString());
    assertEquals("opening of pair 1 of a blob of 1000 bytes", openings.get(1).toString());
  }

  @Test
  void takesSome400BytesOf64000() {
    SliverOpening opening = openings(metadata(1000, 5)).get(500);
    assertEquals(2 + 1 + 8 + 66 + 1 + 330, opening.toBcs().length);
  }

  @Test
  void bytesAreRefusedAsAll() throws MalformedDataException {
    SliverOpening opening = openings(metadata(7, 100)).get(6);
    Refusals.check(opening.toBcs(), bytes -> SliverOpening.parse(bytes).toBcs());
    byte[] otherType = opening.toBcs();
    otherType[2] = 0;
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> SliverOpening.parse(otherType));
    assertEquals("at byte 2: encoding type: got variant 0, expected 1", e.getMessage());
    byte[] negative = opening.toBcs();
    negative[10] = -1;
    assertThrows(MalformedDataException.class, () -> SliverOpening.parse(negative));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SliverOpening(opening.pair(), -1, opening.hashes(), opening.proof()));
  }

  @Test
  void nothingElseIsOpened() throws VerificationException {
    VerifiedMetadata metadata = metadata(7, 100);
    EncodingParameters parameters = metadata.parameters();
    BlobId id = metadata.blobId();
    List<SliverOpening> all = openings(metadata);
    SliverOpening good = all.get(3);
    SliverOpening other = all.get(4);
    Map<SliverOpening, Reason> bad = new HashMap<>();
    bad.put(
        new SliverOpening(SliverPairIndex.of(7), 100, good.hashes(), good.proof()),
        Reason.INDEX_OUT_OF_RANGE);
    bad.put(
        new SliverOpening(good.pair(), parameters.maxBlobLength() + 1, good.hashes(), good.proof()),
        Reason.BLOB_TOO_LARGE);
    bad.put(
        new SliverOpening(
            good.pair(), 100, good.hashes(), openings(metadata(10, 100)).get(3).proof()),
        Reason.PATH_LENGTH);
    bad.put(
        new SliverOpening(good.pair(), 101, good.hashes(), good.proof()), Reason.BLOB_ID_MISMATCH);
    bad.put(
        new SliverOpening(other.pair(), 100, good.hashes(), good.proof()), Reason.BLOB_ID_MISMATCH);
    bad.put(
        new SliverOpening(good.pair(), 100, other.hashes(), good.proof()), Reason.BLOB_ID_MISMATCH);
    bad.put(
        new SliverOpening(good.pair(), 100, good.hashes(), other.proof()), Reason.BLOB_ID_MISMATCH);
    try (Arena arena = Arena.ofConfined()) {
      OpeningVerifier verifier = new OpeningVerifier(Engines.selected(), arena);
      bad.forEach(
          (opening, reason) -> {
            assertNotEquals(good, opening);
            refused(reason, () -> opening.verify(parameters, id));
            refused(
                reason,
                () ->
                    verifier.verify(
                        parameters,
                        List.of(
                            new Claim(good, id), new Claim(opening, id), new Claim(other, id))));
          });
      refused(Reason.BLOB_ID_MISMATCH, () -> good.verify(parameters, metadata(7, 99).blobId()));
      assertEquals(List.of(), verifier.verify(parameters, List.of()));
    }
  }

  /** A writer may commit to no hash at all for a sliver: nothing matches that. */
  @Test
  void aHashThatIsNotThere() throws VerificationException {
    EncodingParameters parameters = EncodingParameters.forShards(4);
    SliverPairHashes half = new SliverPairHashes(new byte[0], new byte[32]);
    VerifiedMetadata good = metadata(4, 1);
    SliverOpening opening =
        new SliverOpening(SliverPairIndex.of(1), 1, half, openings(good).get(1).proof());
    byte[] root = opening.proof().computeRoot(new byte[64], 1, 4);
    BlobId id = VerifiedMetadata.computeBlobId(1, root);
    VerifiedOpening verified = opening.verify(parameters, id);
    MemorySegment zeros = MemorySegment.ofArray(new byte[32]);
    assertFalse(verified.matches(SliverId.primary(1), zeros, 0));
    assertTrue(verified.matches(SliverId.secondary(2), zeros, 0));
    assertArrayEquals(new byte[0], verified.sliverHash(SliverId.primary(1)));
    assertArrayEquals(new byte[0], half.get(Axis.PRIMARY));
    assertArrayEquals(new byte[32], half.get(Axis.SECONDARY));
  }

  /** Symbols of several blobs and sizes are proven together, each against its own hashes. */
  @Test
  void symbolsOfManyBlobs() throws VerificationException {
    RedStuff codec = RedStuff.forShards(7);
    List<SymbolClaim> claims = new ArrayList<>();
    List<SymbolClaim> bad = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      SliverHashes previous = null;
      // Twice the same blob: its symbols are equal, and good against one opening as the other.
      for (int length : new int[] {10, 299, 300, 10}) {
        try (EncodedBlob encoded = codec.encode(TestBlobs.bytes(length, 4))) {
          VerifiedMetadata metadata = encoded.metadata();
          SliverHashes hashes =
              openings(metadata).get(2).verify(codec.parameters(), metadata.blobId());
          for (SliverId own : List.of(SliverId.primary(2), SliverId.secondary(4))) {
            ExpandedSliver expanded = codec.expand(metadata, encoded.sliver(own), arena);
            for (int position = 0; position < 7; position++) {
              GeneralRecoverySymbol symbol = expanded.recoverySymbol(position).withTarget(position);
              claims.add(new SymbolClaim(hashes, symbol));
              if (previous != null && length == 300) {
                // Of the blob before, of which the symbols are as long.
                bad.add(new SymbolClaim(previous, symbol));
              }
            }
          }
          bad.add(
              new SymbolClaim(
                  hashes,
                  codec
                      .expand(metadata, encoded.sliver(SliverId.primary(3)), arena)
                      .recoverySymbol(1)
                      .withTarget(1)));
          bad.add(new SymbolClaim(hashes, claims.getLast().symbol().withoutTarget().withTarget(0)));
          previous = hashes;
        }
      }
      SymbolVerifier verifier = new SymbolVerifier(codec.engine(), arena);
      Map<SymbolClaim, RejectedSymbol> rejected = new HashMap<>();
      verifier.verify(claims, rejected::put);
      assertEquals(Map.of(), rejected);
      List<SymbolClaim> all = new ArrayList<>(claims);
      bad.forEach(claim -> all.add(all.size() / 2, claim));
      verifier.verify(all, rejected::put);
      assertEquals(bad.size(), rejected.size());
      for (SymbolClaim claim : bad) {
        VerificationException alone =
            assertThrows(VerificationException.class, () -> claim.symbol().verify(claim.hashes()));
        assertEquals(alone.reason(), rejected.get(claim).reason());
        assertEquals(alone.getMessage(), rejected.get(claim).message());
      }
    }
  }
}
